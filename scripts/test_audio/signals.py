"""Sounds that are computed: tones, cadences, music, noise. Levels in dBov as the root mean square."""
import numpy as np

# Call progress tones after ITU-T E.180: frequencies in Hz, then on and off times in s.
RING = {"us": ((440, 480), (2, 4)), "uk": ((400, 450), (.4, .2, .4, 2)), "de": ((425,), (1, 4)),
        "fr": ((440,), (1.5, 3.5)), "au": ((400, 425), (.4, .2, .4, 2)), "jp": ((400, 416), (1, 2)),
        "se": ((425,), (1, 5)), "cn": ((450,), (1, 4))}
BUSY = {"de": ((425,), (.48, .48)), "us": ((480, 620), (.5, .5)), "cn": ((450,), (.35, .35))}
CONGESTION = {"us": ((480, 620), (.25, .25)), "se": ((425,), (.25, .75)), "cn": ((450,), (.7, .7))}
DIAL = {"us": (350, 440), "de": (425,)}
INFORMATION = ((950,), (1400,), (1800,))        # the three tones of a special information tone, 330 ms each
KEYS = {key: (low, high) for low, row in ((697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D"))
        for high, key in zip((1209, 1336, 1477, 1633), row)}


def decibels(db):
    return 10 ** (db / 20)


def rms(samples):
    return float(np.sqrt(np.mean(samples ** 2)))


def faded(samples, rate, seconds):
    """With a raised-cosine rise and fall."""
    samples, count = samples.copy(), int(seconds * rate)
    ramp = np.sin(np.arange(count) / count * np.pi / 2) ** 2
    samples[:count] *= ramp
    samples[-count:] *= ramp[::-1]
    return samples


def tone(frequencies, seconds, rate, level_db):
    time = np.arange(round(seconds * rate)) / rate
    wave_sum = sum(np.sin(2 * np.pi * hz * time) for hz in frequencies)
    return faded(wave_sum / rms(wave_sum) * decibels(level_db), rate, 0.005)


def music(seconds, rate, rng, level_db, tempo, root, progression):
    """Chords under a wandering melody over a soft beat, faded in and out."""
    count, beat = round(seconds * rate), 60 / tempo
    out = np.zeros(count)
    scale = (0, 2, 4, 5, 7, 9, 11)

    def note(step):
        octave, degree = divmod(step, 7)
        return 440 * 2 ** ((root - 69 + scale[degree] + 12 * octave) / 12)

    def strike(at, hz, length, strength, decay, harmonics):
        start = round(at * rate)
        time = np.arange(min(round(length * rate), count - start)) / rate
        envelope = np.minimum(1, time / 0.012) * np.exp(-time / decay) * np.clip((length - time) / 0.03, 0, 1)
        for number, weight in enumerate(harmonics, 1):
            if hz * number < 3600:
                partial = np.sin(2 * np.pi * hz * number * time)
                out[start:start + len(time)] += strength * weight * envelope * partial

    melody = 9
    for index in range(int(seconds / beat)):
        at = index * beat
        chord = progression[index // 4 % len(progression)]
        if index % 4 == 0:
            for third in (0, 2, 4):
                strike(at, note(chord + third), 4 * beat, 0.5, 3.0, (1, .5, .25, .12))
        for half in (0, .5):
            if rng.random() < 0.75:
                melody = int(np.clip(melody + rng.integers(-2, 3), 5, 14))
                strike(at + half * beat, note(melody), 0.9 * beat, 0.7, 0.5, (1, .35, .3, .1, .08))
        time = np.arange(min(int(0.06 * rate), count - round(at * rate))) / rate
        hit = rng.standard_normal(len(time)) * np.exp(-time / 0.012) * (0.35 if index % 2 else 0.2)
        out[round(at * rate):round(at * rate) + len(time)] += hit
    return faded(out / rms(out) * decibels(level_db), rate, 0.3)


def line_noise(count, rng, level_db):
    noise = np.convolve(rng.standard_normal(count + 2), (1, .6, .3), mode="valid")
    return noise / rms(noise) * decibels(level_db)
