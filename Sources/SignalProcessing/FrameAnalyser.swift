internal import CVectors

/// Turns samples into the feature track: frames, windows, spectra. One pass, nothing allocated per frame.
///
/// Window lengths and hop follow the sample rate, so that 10, 32 and 64 ms hold from 4 to 192 kHz. Frames are
/// extracted eight at a time: among their windows those that share a transform find each other.
public struct FrameAnalyser: ~Copyable {
  /// What has been extracted so far and not yet removed.
  public var track: FeatureTrack

  private let sampleRate: Int
  private let channels: Int
  private let legChannels: [Int]
  private let ceiling: Float
  private let bands: BandMeter
  private var steps: StepMeter

  /// The samples that windows still need, in LSB, leg behind leg.
  private let samples: FloatBuffer
  /// How many samples of a leg there is room for.
  private let room: Int
  /// How many there are.
  private var held: Int
  /// The index in the call of the first of them.
  private var firstHeld: Int
  private var received = 0
  private var nextFrame = 0
  /// The samples at the ceiling up to here, by leg.
  private var clipRun = SIMD2<Int>()

  /// Eight frames of both legs, leg behind leg, as they are extracted.
  private let fresh = FloatBuffer(
    count: 2 * group * MemoryLayout<FrameFeatures>.stride / MemoryLayout<Float>.stride)
  /// Where the windows of the bands of eight frames begin.
  private var windows = [UnsafePointer<Float>?](repeating: nil, count: group)

  /// Frames that are extracted together: four steps.
  private static let group = BandMeter.group

  /// An analyser of interleaved samples.
  ///
  /// - Parameters:
  ///   - sampleRate: samples per second and channel.
  ///   - channels: interleaved channels.
  ///   - legChannels: the one or two channels to analyse.
  ///   - ceiling: the magnitude in LSB at which the codec clips.
  ///   - lineFloor: the power of a hop above which spectral lines and peaks are looked for; 1 is full scale.
  public init(sampleRate: Int, channels: Int, legChannels: [Int], ceiling: Int, lineFloor: Float = 1.6e-6) {
    precondition((1...2).contains(legChannels.count) && legChannels.allSatisfy { $0 < channels })
    self.sampleRate = sampleRate
    self.channels = channels
    self.legChannels = legChannels
    self.ceiling = Float(ceiling)
    track = FeatureTrack(legs: legChannels.count)
    bands = BandMeter(sampleRate: sampleRate)
    steps = StepMeter(sampleRate: sampleRate, lineFloor: lineFloor)
    // Before the call there is silence, as long as a window.
    held = steps.count
    firstHeld = -steps.count
    room = 16 * steps.count
    samples = FloatBuffer(count: 2 * room)
  }

  /// Takes the next samples: whole sample frames of interleaved channels.
  public mutating func consume(_ samples: Span<Int16>) {
    samples.withUnsafeBufferPointer { source in
      var rest = source[...]
      while rest.count >= channels {
        forget()
        let count = min(room - held, rest.count / channels)
        take(UnsafeBufferPointer(rebasing: rest.prefix(count * channels)))
        received += count
        rest = rest.dropFirst(count * channels)
        while start(of: nextFrame + Self.group) <= received - steps.count / 2 { extract(frames: Self.group) }
      }
    }
  }

  /// Extracts the last frames; a rest of less than a hop is dropped.
  public mutating func finish() {
    forget()
    // After the call there is silence, as long as a window.
    for leg in legChannels.indices {
      (samples.base + leg * room + held).update(repeating: 0, count: steps.count)
    }
    while start(of: nextFrame + 1) <= received {
      var count = 1
      while count < Self.group, start(of: nextFrame + count + 1) <= received { count += 1 }
      extract(frames: count)
    }
  }

  /// The sample where a frame begins: exact for every rate, also where 10 ms is no whole number of samples.
  private func start(of frame: Int) -> Int { frame * sampleRate / 100 }

  /// The samples of a leg from one of the call on.
  private func samples(leg: Int, from start: Int) -> UnsafeMutablePointer<Float> {
    samples.base + leg * room + start - firstHeld
  }

  /// Appends interleaved samples to those of the legs.
  private mutating func take(_ source: UnsafeBufferPointer<Int16>) {
    let count = source.count / channels
    let left = samples.base + held
    let right = left + room
    if channels == 2, legChannels == [0, 1] {
      // Both samples of an instant are taken as one number of 32 bits, the left one in its lower half.
      let pairs = UnsafeRawPointer(source.baseAddress!)
      for index in 0..<count {
        let pair = Int32(littleEndian: pairs.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self))
        left[index] = Float((pair &<< 16) &>> 16)
        right[index] = Float(pair &>> 16)
      }
    } else {
      let channels = channels
      for (target, channel) in zip([left, right], legChannels) {
        let first = source.baseAddress! + channel
        for index in 0..<count { target[index] = Float(first[index &* channels]) }
      }
    }
    held += count
  }

  /// Moves what the next windows need to the front, if there is little room behind it.
  private mutating func forget() {
    guard room - held < steps.count else { return }
    let surplus = start(of: nextFrame) - steps.count / 2 - 1 - firstHeld
    held -= surplus
    firstHeld += surplus
    for leg in legChannels.indices {
      let first = samples.base + leg * room
      first.update(from: first + surplus, count: held)
    }
  }

  /// Extracts up to eight frames and the steps of two frames in them.
  private mutating func extract(frames count: Int) {
    let frames = UnsafeMutableRawPointer(fresh.base).bindMemory(
      to: FrameFeatures.self, capacity: 2 * Self.group)
    var hops = InlineArray<8, hop>(repeating: hop())
    for leg in legChannels.indices {
      // What is told of frames behind the last is passed over.
      for index in 0..<Self.group {
        let frame = nextFrame + min(index, count - 1)
        let centre = (start(of: frame) + start(of: frame + 1)) / 2
        windows[index] = UnsafePointer(samples(leg: leg, from: centre - bands.count / 2))
      }
      let features = frames + leg * Self.group
      bands.measure(windows, features, &hops)
      for index in 0..<count {
        let start = start(of: nextFrame + index)
        let length = self.start(of: nextFrame + index + 1) - start
        let samples = samples(leg: leg, from: start)
        if !bands.measuresHops { measure_hop(samples, length, &hops[index]) }
        describe(hops[index], of: samples, length, leg, &features[index])
      }
    }
    measureSteps(count / 2, frames)
    for leg in legChannels.indices {
      track.legs[leg].frames.append(
        contentsOf: UnsafeBufferPointer(start: frames + leg * Self.group, count: count))
    }
    nextFrame += count
  }

  /// The features of the steps of fresh frames: a step's window stands between its two frames. Those windows that
  /// have something to look for are measured two by two.
  private mutating func measureSteps(_ count: Int, _ frames: UnsafeMutablePointer<FrameFeatures>) {
    var waiting: StepMeter.Window?
    var fresh = InlineArray<8, StepFeatures>(repeating: StepFeatures())
    for leg in legChannels.indices {
      for step in 0..<count {
        let samples = samples(leg: leg, from: start(of: nextFrame + 2 * step + 1) - steps.count / 2)
        let frame = frames + leg * Self.group + 2 * step
        let place = leg * Self.group / 2 + step
        guard
          let window = steps.window(samples, leg: leg, place: place, powers: frame[0].power, frame[1].power)
        else { continue }
        if let first = waiting {
          steps.measure(first, window, &fresh)
          waiting = nil
        } else {
          waiting = window
        }
      }
    }
    if let last = waiting { steps.measure(last, nil, &fresh) }
    steps.finish(&fresh)
    withUnsafeBytes(of: &fresh) { bytes in
      let fresh = bytes.bindMemory(to: StepFeatures.self)
      for leg in legChannels.indices {
        let first = leg * Self.group / 2
        track.legs[leg].steps.append(contentsOf: fresh[first..<first + count])
      }
    }
  }

  /// Puts level, change, clipping and the parts' peaks and magnitudes of one hop of a leg into its features.
  private mutating func describe(
    _ hop: hop, of samples: UnsafeMutablePointer<Float>, _ count: Int, _ leg: Int,
    _ features: inout FrameFeatures
  ) {
    features.peaks = unsafeBitCast(hop.peaks, to: SIMD4<UInt16>.self)
    features.magnitudes = unsafeBitCast(hop.magnitudes, to: SIMD4<UInt16>.self)
    features.power = hop.power
    features.change = UInt8(truncatingIfNeeded: hop.change)
    let isClipped = Float(features.peaks.max()) >= ceiling || clipRun[leg] > 0
    features.clippedRuns = isClipped ? countClipped(leg: leg, samples, count: count) : 0
  }

  /// The runs of three samples or more at the ceiling that become so in this hop.
  private mutating func countClipped(leg: Int, _ samples: UnsafeMutablePointer<Float>, count: Int) -> UInt8 {
    var runs = 0
    var run = clipRun[leg]
    for index in 0..<count {
      run = abs(samples[index]) >= ceiling ? run + 1 : 0
      if run == 3 { runs += 1 }
    }
    clipRun[leg] = run
    return UInt8(clamping: runs)
  }
}
