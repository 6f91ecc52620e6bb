"""Calls whose one channel carries both parties."""
from test_audio import lines
from test_audio.call import Call

TALK = (
    ("Hello, I bought a lamp from you and it flickers.", "Das tut mir leid. Wann haben Sie sie gekauft?"),
    ("About two weeks ago, in your shop at the station.", "Haben Sie den Kassenzettel noch?"),
    ("I think so, it must be somewhere in the kitchen.", "Dann können wir sie ohne Weiteres umtauschen."),
    ("Do I have to bring the bulb as well, or only the lamp?", "Bringen Sie bitte beides mit, wenn es geht."),
    ("All right. Are you open on Saturday afternoon?", "Am Samstag sind wir bis vier Uhr für Sie da."),
    ("Perfect, I will come by at three.", "Sehr gern. Auf Wiederhören."))


def converse(call, greeting, talk=TALK, gap=0.45):
    call.say("agent", greeting, at=0.7)
    for question, answer in talk:
        call.say("customer", question, gap=gap)
        call.say("agent", answer, gap=gap)


def equal():
    """A woman and a man, equally loud."""
    call = Call("mono-equal", "natural", 71, ("Eva", "Duncan"), (-22, -22), (-66, -66))
    converse(call, "Leuchtenhaus am Markt, mein Name ist Eva, guten Tag.")
    return call.finish("natural")


def apart():
    """Two parties 8 dB apart, through GSM 6.10."""
    call = Call("mono-apart", "natural", 72, ("Frank", "Ava"), (-18, -26), (-60, -60))
    converse(call, "Leuchtenhaus am Markt, mein Name ist Frank, guten Tag.")
    return call.finish("natural")


def alike():
    """Two women, 3 dB apart; a ring, and hold music in the middle."""
    call = Call("mono-hold", "hold_music", 73, ("Eva", "Chloe"), (-20, -23), (-62, -62))
    call.ring("de", 1)
    call.say("agent", "Leuchtenhaus am Markt, mein Name ist Eva, guten Tag.", gap=1.0)
    for question, answer in TALK[:3]:
        call.say("customer", question, gap=0.5)
        call.say("agent", answer, gap=0.4)
    call.hold(10, -22, tempo=100, root=57, progression=(0, 4, 5, 3))
    call.say("agent", "Danke fürs Warten, wir haben noch eine da.", gap=0.6)
    for question, answer in TALK[3:]:
        call.say("customer", question, gap=0.5)
        call.say("agent", answer, gap=0.4)
    return call.finish("natural")


MESSAGE = (
    "Hello, this is Ben from number twelve, I am calling about the fence.",
    "The storm has taken three boards with it, and the gate does not close any more.",
    "I am at home all day tomorrow, so you can come at any time.",
    "If it rains I would rather do it on Wednesday, though.",
    "You have my number. It has not changed since last year.",
    "And please bring the long ladder with you, mine is broken.",
    "Thank you very much, and see you soon. Goodbye.")


def message(name, seed, sentences):
    """One voice alone."""
    call = Call(name, "natural", seed, ("Jorge", "Ben"), (-22, -22), (-60, -60))
    for text in sentences:
        call.say("customer", text, gap=0.6)
    return call.finish("natural")


def one_voice():
    return message("mono-one-voice", 74, MESSAGE[:3])


def long_message():
    return message("mono-long-message", 78, MESSAGE)


def three_voices():
    """The call is passed on to a colleague."""
    call = Call("mono-three-voices", "natural", 75, ("Katia", "Duncan"), (-21, -22), (-60, -60))
    converse(call, "Casa della luce, sono Katia, buongiorno, come posso aiutarla?", TALK[:3])
    for question, answer in TALK[:5]:
        call.say("customer", question, gap=0.5)
        call.say("agent", answer, gap=0.45, voice="Frank")
    return call.finish("natural")


def noisy_cut():
    """Noise 18 dB below the talk; the recording ends in mid-word."""
    call = Call("mono-noisy-cut", "cut_customer", 76, ("Helene", "Luca"), (-20, -22), (-42, -50))
    converse(call, "Maison de la lumière, bonjour, Hélène à l'appareil.", (
        ("Buongiorno, ho comprato una lampada da voi e non funziona bene.", "Quand l'avez-vous achetée?"),
        ("Due settimane fa, nel vostro negozio alla stazione.", "Vous avez encore le ticket de caisse?"),
        ("Credo di sì, deve essere in cucina, da qualche parte.", "Apportez-le, et nous échangeons la lampe."),
        ("Devo portare anche la lampadina, o basta la lampada?", "Les deux, si c'est possible pour vous.")))
    start, end = call.say("customer", "Perfetto, allora passo sabato pomeriggio verso le tre, se siete", gap=0.5)
    call.stop("customer", start + 0.7 * (end - start), fade=0)
    return call.finish("cut_off", abrupt=True, cut="customer", tail=0)


def gated():
    """Digital silence between words."""
    call = Call("mono-gated", "gated", 77, ("Ines", "Ben"), (-22, -24), (-60, -60))
    converse(call, "Lámparas Soler, buenos días.", (
        ("Hello, I bought a lamp from you and it flickers.", "Lo siento mucho. ¿Cuándo la compró?"),
        ("About two weeks ago, in your shop at the station.", "Tráigala cuando quiera, se la cambiamos."),
        ("All right, I will come on Saturday.", "Hasta el sábado, entonces.")))
    for party in ("agent", "customer"):
        call.through(party, lines.gate())
    return call.finish("natural")


CALLS = ((equal, "flac12", "mono"), (apart, "gsm", "mono"), (alike, "gsm", "mono"), (one_voice, "gsm", "mono"),
         (long_message, "gsm", "mono"),
         (three_voices, "gsm", "mono"), (noisy_cut, "gsm", "mono"), (gated, "flac12", "mono"))
