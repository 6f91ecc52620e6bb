internal import CVectors
internal import CallModel

/// Turns samples into the feature track: frames, windows, spectra. One pass, nothing allocated per frame.
///
/// Window lengths and hop follow the sample rate, so that 10, 32 and 64 ms hold from 4 to 192 kHz. Frames are
/// extracted 64 at a time: among their windows those that share a transform find each other.
public struct FrameAnalyser: ~Copyable {
  /// What has been extracted so far and not yet removed.
  public var track: FeatureTrack

  private let sampleRate: Int
  private let channels: Int
  private let legs: Range<Int>
  private var samples: LegSamples
  private var nextFrame = 0

  /// Fresh frames, leg behind leg.
  private let frames = FreshFrames(count: 2 * group)
  private var hops: InlineArray<2, HopMeter>
  private let bands: BandMeter
  private var steps: StepMeter

  /// Frames that are extracted together: 32 steps. In small groups FFTW's code and ours drive each other out of the processor's cache (5 % slower with 16).
  private static let group = 64
  /// There is room for the samples of so many windows of 64 ms: 3 s.
  private static let windowRoom = 48

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
    legs = legChannels.indices
    track = FeatureTrack(legs: legChannels.count)
    hops = InlineArray(repeating: HopMeter(ceiling: ceiling))
    bands = BandMeter(sampleRate: sampleRate)
    steps = StepMeter(sampleRate: sampleRate, lineFloor: lineFloor)
    // Before the call there is silence, as long as a window.
    samples = LegSamples(
      channels: channels, legChannels: legChannels, room: Self.windowRoom * steps.count, silence: steps.count)
  }

  /// Takes the next samples: whole sample frames of interleaved channels.
  public mutating func consume(_ samples: Span<Int16>) {
    samples.withUnsafeBufferPointer { source in
      var rest = source[...]
      while rest.count >= channels {
        forget()
        let count = min(self.samples.free, rest.count / channels)
        self.samples.append(UnsafeBufferPointer(rebasing: rest.prefix(count * channels)))
        rest = rest.dropFirst(count * channels)
        while start(of: nextFrame + Self.group) <= self.samples.end - steps.count / 2 {
          extract(frames: Self.group)
        }
      }
    }
  }

  /// Extracts the last frames; a rest of less than a hop is dropped.
  public mutating func finish() {
    forget()
    // After the call there is silence, as long as a window.
    samples.close(silence: steps.count)
    while start(of: nextFrame + 1) <= samples.end {
      var count = 1
      while count < Self.group, start(of: nextFrame + count + 1) <= samples.end { count += 1 }
      extract(frames: count)
    }
  }

  /// The sample where a frame begins: exact for every rate, also where 10 ms is no whole number of samples.
  private func start(of frame: Int) -> Int { frame * sampleRate / Frames.perSecond }

  /// The sample in the middle of a frame.
  private func centre(of frame: Int) -> Int { (start(of: frame) + start(of: frame + 1)) / 2 }

  /// Makes room for the next samples if there is little.
  private mutating func forget() {
    guard samples.free < steps.count else { return }
    samples.forget(before: start(of: nextFrame) - steps.count / 2 - 1)
  }

  /// Extracts up to 64 frames and the steps in them.
  private mutating func extract(frames count: Int) {
    let stepCount = count / Frames.perStep
    steps.begin(places: legs.count * stepCount)
    measureHops(count)
    for leg in legs {
      measureBands(leg, count)
      for step in 0..<stepCount {
        // A step's window stands between its two frames.
        let frame = Frames.perStep * step
        let window = samples.leg(leg, from: start(of: nextFrame + frame + 1) - steps.count / 2)
        steps.add(window, leg: leg, place: leg * stepCount + step, frames: fresh(leg) + frame)
      }
    }
    steps.finish()
    for leg in legs {
      track.legs[leg].frames.append(contentsOf: UnsafeBufferPointer(start: fresh(leg), count: count))
      steps.results.withUnsafeBufferPointer {
        let own = leg * stepCount..<(leg + 1) * stepCount
        track.legs[leg].steps.append(contentsOf: UnsafeBufferPointer(rebasing: $0[own]))
      }
    }
    nextFrame += count
  }

  /// The fresh frames of a leg, which are being measured.
  private func fresh(_ leg: Int) -> UnsafeMutablePointer<FrameFeatures> { frames.base + leg * Self.group }

  /// Measures the hops of fresh frames.
  private mutating func measureHops(_ count: Int) {
    var (first, second) = (HopMeasures(), HopMeasures())
    for index in 0..<count {
      let start = start(of: nextFrame + index)
      let length = self.start(of: nextFrame + index + 1) - start
      let pairs = samples.leg(0, from: start)
      CVectors.measureHops(pairs, count: length, &first, &second)
      for leg in legs {
        hops[leg].describe(
          leg == 0 ? first : second, pairs + leg, count: length, in: &(fresh(leg) + index).pointee)
      }
    }
  }

  /// Measures the bands of fresh frames of a leg, two by two. Not of both legs: where one is silent, two windows of the
  /// other share a transform.
  private func measureBands(_ leg: Int, _ count: Int) {
    func window(_ index: Int) -> UnsafePointer<Int16> {
      samples.leg(leg, from: centre(of: nextFrame + index) - bands.count / 2)
    }
    let fresh = fresh(leg)
    for index in stride(from: 0, to: count, by: 2) {
      if index + 1 < count {
        bands.measure(window(index), window(index + 1), (fresh + index).bands, (fresh + index + 1).bands)
      } else {
        bands.measure(window(index), nil, (fresh + index).bands, nil)
      }
    }
  }
}
