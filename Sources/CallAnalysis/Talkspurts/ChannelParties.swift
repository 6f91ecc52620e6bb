/// How many parties speak on a channel.
enum ChannelParties {
  /// One party: softer voices on the channel are those of other people, in the room or from the other leg.
  case one
  /// Both parties, as on one channel for all, or on two channels with the same mix. The softer voice may be the other
  /// party: the rules that leave out soft voices do not apply.
  case both
}
