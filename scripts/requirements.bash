# What the other scripts need before they build; to be sourced.

step() { printf '\n== %s\n' "$*" >&2; }

# Installs the named Debian packages that are missing, and says so.
require_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    echo "Please install these with your package manager: ${missing[*]}" >&2
    return 1
  fi
  local sudo=()
  ((EUID == 0)) || sudo=(sudo)
  step "Installing with apt-get: ${missing[*]}"
  "${sudo[@]}" apt-get update >&2
  "${sudo[@]}" apt-get install --yes --no-install-recommends "${missing[@]}" >&2
}

require_swift() {
  command -v swift >/dev/null && return 0
  echo 'Swift 6.3 or later is needed to build Talkspurt: see https://www.swift.org/install/linux/' >&2
  return 1
}

require_all() {
  require_swift
  require_packages libsndfile1-dev libfftw3-dev libsqlite3-dev pkg-config
}
