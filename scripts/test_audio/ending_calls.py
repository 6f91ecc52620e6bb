"""Calls that end in different ways."""
from test_audio.call import Call
from test_audio.signals import tone


def customer_gone():
    """The customer's leg dies in mid-word; the agent talks on to nobody."""
    call = Call("customer-gone", "customer_gone", 61, ("Ines", "Gabriel"), (-22, -22), (-64, -60))
    call.say("agent", "Academia Central, buenos días, soy Inés.", at=0.6)
    call.say("customer", "Bonjour, je voudrais m'inscrire au cours du soir.", gap=0.5)
    call.say("agent", "¿Para qué curso, el de pintura?", gap=0.5)
    start, end = call.say("customer", "Non, celui de guitare, le mercredi soir, si c'est encore", gap=0.5)
    dead = call.stop("customer", start + 0.6 * (end - start), fade=0)
    call.dies("customer", dead)
    call.say("agent", "¿Oiga? ¿Está usted ahí?", gap=1.1)
    call.say("agent", "Parece que se ha cortado.", gap=0.8)
    return call.finish("cut_off", abrupt=True, cut="customer")


def cut_agent_by_end():
    """The recording ends in the agent's mid-word."""
    call = Call("cut-agent-by-end", "cut_agent", 62, ("Ben", "Katia"), (-21, -24), (-70, -68))
    call.say("agent", "Riverside Hotel, Ben speaking.", at=0.7)
    call.say("customer", "Buongiorno, avete una camera per venerdì?", gap=0.5)
    start, end = call.say("agent", "We have a double room with a view of the river and another one at the", gap=0.5)
    call.stop("agent", start + 0.7 * (end - start), fade=0)
    return call.finish("cut_off", abrupt=True, cut="agent", tail=0)


def beeps_abandoned():
    """On hold with beeps; the customer leaves."""
    call = Call("beeps-abandoned", "hold_abandon", 63, ("Frank", "Ava"), (-22, -23), (-70, -66))
    call.say("agent", "Zulassungsstelle, guten Tag, was kann ich für Sie tun?", at=0.6)
    call.say("customer", "Hello, I need a new plate for my car.", gap=0.5)
    call.say("agent", "Ich verbinde Sie mit dem Kollegen, bleiben Sie dran.", gap=0.5)
    first = call.end + 1.5
    for index in range(5):
        start, end = call.sound("beep", tone((1000,), 0.3, call.rate, -22), at=first + 5 * index)
    call.event("hold", first, end, kind="beep", leg="agent")
    return call.finish("abandoned_on_hold", abrupt=True, tail=2.5)


def voicemail_reached():
    """The business calls; the customer's voicemail answers and the agent leaves a message."""
    call = Call("voicemail-reached", "voicemail", 64, ("Chloe", "Luca"), (-22, -22), (-62, -64))
    call.say("customer", "Questa è la segreteria di Luca. Lasciate un messaggio dopo il segnale.", at=2.0)
    start, end = call.sound("beep", tone((1050,), 0.5, call.rate, -18), "customer", gap=0.6)
    call.event("beep", start, end, leg="customer")
    call.say("agent", "Good morning, this is Chloe of Northern Broadband.", gap=0.9)
    call.say("agent", "Your new router is on its way, it should be with you tomorrow.", gap=0.5)
    return call.finish("voicemail")


def beeps_on_both_legs():
    """A voicemail whose beep is heard on both legs, 60 ms longer on the customer's."""
    call = Call("beeps-on-both-legs", "voicemail", 65, ("Eva", "Jorge"), (-22, -21), (-66, -60))
    call.say("agent", "Sie sind mit dem Anrufbeantworter verbunden. Sprechen Sie nach dem Ton.", at=0.8)
    start, end = call.sound("beep", tone((1000,), 0.40, call.rate, -20), gap=0.6)
    call.event("beep", start, end, leg="agent")
    start, end = call.sound("beep", tone((1000,), 0.46, call.rate, -20), "customer", at=start)
    call.event("beep", start, end, leg="customer")
    call.say("customer", "Buenas tardes, soy Jorge, llámeme mañana, por favor.", gap=0.9)
    call.say("customer", "Es por la habitación del segundo piso.", gap=0.5)
    return call.finish("voicemail")


def cut_short():
    """The file ends before its header says so, in the middle of a sentence."""
    call = Call("cut-short-ulaw", "truncated", 66, ("Helene", "Ben"), (-22, -23), (-64, -62))
    call.say("agent", "Garage du Lac, bonjour.", at=0.7)
    call.say("customer", "Hello, do you also repair motorcycles?", gap=0.5)
    call.say("agent", "Oui, bien sûr. Quel modèle avez-vous?", gap=0.5)
    call.say("customer", "It is a very old one, from nineteen seventy two, with a sidecar.", gap=0.5)
    call.missing = 0.17
    return call.finish("truncated_recording")


def nobody_there():
    """Two open lines, nobody says a word."""
    call = Call("nobody-there", "no_conversation", 67, ("Ava", "Ben"), (-22, -22), (-62, -66))
    call.ring("fr", 2)
    return call.finish("no_conversation", tail=6)


CALLS = ((customer_gone, "flac11"), (cut_agent_by_end, "flac12"), (beeps_abandoned, "flac12"),
         (voicemail_reached, "flac11"), (beeps_on_both_legs, "flac12"), (cut_short, "ulaw"), (nobody_there, "flac12"))
