"""Calls about who has the floor, and how a voice changes."""
from test_audio.call import Call


def escalation():
    """The customer gets louder and higher in the middle of the call, for good."""
    call = Call("escalation", "escalation", 41, ("Ben", "Chloe"), (-23, -28), (-62, -63))
    call.say("agent", "Telephone company, Ben speaking, how can I help?", at=0.6)
    for question, answer in (
            ("Hello, I am calling about my bill from last month.", "What is wrong with it?"),
            ("There are calls on it that I have never made.", "Which calls do you mean?"),
            ("Eleven calls to an island I have never heard of.", "Let me see. They are from your line."),
            ("I was in hospital that week, nobody was at home.", "Then somebody else has used it.")):
        call.say("customer", question, gap=0.5)
        call.say("agent", answer, gap=0.5)
    pivot = None
    for question, answer in (
            ("That is simply not possible, the house was locked!", "Our records say so."),
            ("I do not care what your records say, I was not there!", "You have to pay it first."),
            ("I will certainly not pay for this, I want to speak to your manager!", "He is not in today."),
            ("Then you tell him to call me, and you do it right now!", "I will leave him a note."),
            ("I have heard that before, you never call anybody back!", "Goodbye.")):
        start, _ = call.say("customer", question, gap=0.4, louder=8, raised=28)
        end = call.end
        pivot = start if pivot is None else pivot
        call.say("agent", answer, gap=0.5)
    call.event("escalation", pivot, end, by="customer")
    return call.finish("natural")


def many_overlaps():
    """Overlaps of every kind: short ones at the end of a turn, backchannels, interruptions that win and that fail."""
    call = Call("many-overlaps", "interruptions", 42, ("Gabriel", "Ava"), (-22, -22), (-62, -63))
    call.say("agent", "Assurance Mutuelle, bonjour.", at=0.6)
    _, end = call.say("customer", "Good morning, I would like to ask about my contract.", gap=0.5)
    call.say("agent", "Je vous écoute, quel est votre numéro?", at=end - 0.3)
    call.backchannel("agent", "Oui.", 1.6, "It is seven seven four, one nine two, and I live in Lyon now.")
    call.interrupt("customer", "No, that was my old address, before I moved.", 1.5, 0.7, "successful",
                   "Vous habitez donc toujours au douze de la rue des Lilas, à Grenoble, c'est bien")
    _, end = call.say("agent", "Très bien, je corrige l'adresse.", gap=0.4)
    call.say("customer", "Thank you, that is kind.", at=end - 0.2)
    call.interrupt("agent", "Attendez, attendez, une seconde, madame.", 1.2, 1.4, "failed",
                   "And while we talk I should also say that my husband has a new car now, a small blue one.")
    call.backchannel("customer", "Uh huh.", 1.2, "Alors il nous faut une copie de la carte grise, par la poste.")
    call.interrupt("customer", "Can I not send it by e-mail instead?", 1.1, 0.8, "successful",
                   "Vous la mettez dans une enveloppe avec votre numéro de contrat et votre nom")
    call.say("agent", "Oui, c'est possible aussi.", gap=0.3)
    call.say("customer", "Great. Goodbye.", gap=3.4)
    call.say("agent", "Au revoir.", gap=0.3)
    return call.finish("natural")


CALLS = ((escalation, "flac11"), (many_overlaps, "flac11"))
