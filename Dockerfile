# Talkspurt in a container; the share is mounted read-only, the store in a volume:
#
#   docker build --tag talkspurt .
#   docker run --rm --network none --read-only --tmpfs /tmp \
#     --volume /mnt/recordings:/recordings:ro --volume talkspurt:/var/lib/talkspurt \
#     talkspurt ingest /recordings --store /var/lib/talkspurt/calls.sqlite
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY . .
RUN apt-get update && DEBIAN_FRONTEND=noninteractive scripts/package

FROM debian:bookworm-slim
COPY --from=build /source/.build/package/*.deb /tmp/
RUN apt-get update && apt-get install --yes --no-install-recommends /tmp/*.deb \
  && rm -rf /tmp/*.deb /var/lib/apt/lists/*
USER talkspurt
VOLUME /var/lib/talkspurt
ENTRYPOINT ["talkspurt"]
CMD ["--help"]
