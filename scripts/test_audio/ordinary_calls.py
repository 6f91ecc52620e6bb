"""Ordinary calls, one for each thing that happens in them."""
from test_audio.call import Call
from test_audio.signals import BUSY, tone


def natural():
    call = Call("natural-ulaw", "natural", 1, ("Ava", "Ben"), (-23, -22), (-64, -56))
    call.ring("us", 1)
    call.say("agent", "Good morning, Maple Garden Centre, this is Ava. How can I help you?", gap=1.1)
    call.say("customer", "I ordered a pear tree last week and it has not come yet.", gap=0.5)
    call.say("agent", "I am sorry to hear that. May I have your order number?", gap=0.3)
    call.say("customer", "Four seven, two nine, one.", gap=0.6)
    call.say("agent", "It left us yesterday, you should have it by tomorrow noon.", gap=0.9)
    call.say("customer", "Oh, that is good news. Thank you.", gap=0.25)
    call.say("agent", "You are welcome. Goodbye.", gap=0.3)
    call.say("customer", "Bye.", gap=0.25)
    return call.finish("natural")


def interruptions():
    call = Call("interruptions-pcm16", "interruptions", 2, ("Chloe", "Duncan"), (-24, -22), (-66, -60))
    call.say("agent", "Harbour Insurance, Chloe speaking.", at=0.8)
    call.interrupt(
        "agent", "Before you go on I need your policy number, please.", 2.0, 0.9,
        "successful", "My roof was damaged in the storm last night and now the rain runs down the wall.")
    call.backchannel(
        "customer", "Mm hm.", 2.5,
        "I see you have full storm cover. It pays for the roof and for the ceiling below it.")
    call.interrupt(
        "customer", "Wait a moment, what about the carpet in the hall?", 1.7, 1.3, "failed",
        "What we need from you are photographs of all the damage, as soon as you can.")
    call.say("customer", "Fine, I will send them.", gap=0.5)
    call.say("agent", "Lovely. Bye.", gap=0.3)
    return call.finish("natural")


def hold_music():
    call = Call("hold-music-ulaw", "hold_music", 3, ("Eva", "Frank"), (-22, -27), (None, -60))
    call.ring("uk", 1)
    call.say("agent", "Stadtwerke, guten Tag, mein Name ist Eva.", gap=0.9)
    call.say("customer", "Guten Tag. Meine Rechnung ist diesmal doppelt so hoch wie sonst.", gap=0.4)
    call.say("agent", "Das schaue ich mir gerne an. Bleiben Sie bitte einen Moment dran.", gap=0.5)
    call.hold(10, -24, tempo=104, root=57, progression=(0, 5, 3, 4))
    call.say("agent", "Danke fürs Warten. Der Zähler wurde falsch abgelesen.", gap=0.6)
    call.say("customer", "Ach so. Dann ist ja alles gut.", gap=0.5)
    call.say("agent", "Auf Wiederhören.", gap=0.3)
    call.say("customer", "Wiederhören.", gap=0.2)
    return call.finish("natural")


def hold_abandoned():
    call = Call("hold-abandoned-alaw", "hold_abandon", 4, ("Helene", "Gabriel"), (-25, -23), (-65, -59))
    call.say("agent", "Service des réservations, bonjour, Hélène à votre écoute.", at=0.7)
    call.say("customer", "Bonjour, je voudrais annuler ma chambre de samedi.", gap=0.4)
    call.say("agent", "Très bien, je vérifie cela, ne quittez pas.", gap=0.4)
    call.hold(10, -22, abandoned=True, tempo=88, root=60, progression=(0, 3, 4, 0))
    return call.finish("abandoned_on_hold", abrupt=True, tail=0)


def queue_abandoned():
    call = Call("queue-abandoned-ulaw", "queue_abandon", 5, ("Eva", "Frank"), (-24, -24), (None, -57))
    call.ring("de", 1)
    call.prompt("Eva", "Alle unsere Mitarbeiter sind im Gespräch. Bitte haben Sie etwas Geduld.", gap=1.2)
    call.hold(10, -23, abandoned=True, tempo=116, root=62, progression=(0, 4, 5, 3))
    return call.finish("abandoned_in_queue", abrupt=True, tail=0)


def dead_air():
    call = Call("dead-air-ulaw", "dead_air", 6, ("Ines", "Jorge"), (-21, -24), (-60, -55))
    call.say("agent", "Buenas tardes, taller Moreno, le atiende Inés.", at=0.6)
    call.say("customer", "Buenas. ¿Tienen ya listo mi coche?", gap=0.4)
    call.say("agent", "Está listo desde ayer. Son doscientos diez euros.", gap=7.2)
    call.say("customer", "De acuerdo, paso esta tarde. Adiós.", gap=6.4)
    call.say("agent", "Adiós, gracias.", gap=0.3)
    return call.finish("natural")


def cut_customer():
    call = Call("cut-customer-alaw", "cut_customer", 7, ("Chloe", "Ben"), (-26, -20), (-70, -61))
    call.say("agent", "Northern Broadband, Chloe here, how can I help?", at=0.9)
    call.say("customer", "My connection drops every evening at about eight.", gap=0.3)
    call.say("agent", "Have you tried to switch it off and on again?", gap=0.3)
    start, end = call.say(
        "customer", "I have done that every day for three weeks and I am tired of being told", gap=0.3)
    call.stop("customer", start + 0.7 * (end - start), fade=0)
    return call.finish("cut_off", abrupt=True, cut="customer", tail=0)


def cut_agent():
    call = Call("cut-agent-ulaw", "cut_agent", 8, ("Frank", "Eva"), (-23, -22), (-58, -63))
    call.say("agent", "Möbelhaus Linden, Frank.", at=0.7)
    call.say("customer", "Guten Morgen. Wann wird mein Sofa geliefert?", gap=0.4)
    start, end = call.say("agent", "Das kommt am Donnerstag zwischen acht und zwölf Uhr, und zwar", gap=0.5)
    dead = call.stop("agent", start + 0.75 * (end - start), fade=0)
    call.died["agent"] = round(dead * call.rate)
    call.say("customer", "Hallo? Sind Sie noch da?", gap=0.9)
    first, last = call.cadence("busy", BUSY["de"], call.end - 0.4, 4, -20)
    call.event("busy_tone", first, last, leg="agent")
    return call.finish("cut_off", abrupt=True, cut="agent", tail=0.2)


def voicemail():
    call = Call("voicemail-ulaw", "voicemail", 9, ("Gabriel", "Helene"), (-22, -20), (None, -57))
    call.ring("fr", 1)
    call.prompt("Gabriel", "Vous êtes sur la messagerie du garage. Parlez après le signal.", gap=1.0)
    start, end = call.sound("beep", tone((1000,), 0.4, call.rate, -20), gap=0.5)
    call.event("beep", start, end, leg="agent")
    call.say("customer", "Bonjour, c'est Madame Perrin. Ma voiture fait encore ce bruit.", gap=0.8)
    call.say("customer", "Rappelez-moi avant midi, s'il vous plaît.", gap=0.6)
    return call.finish("voicemail")


def system_prompt():
    call = Call("system-prompt-alaw", "system_hangup", 10, ("Ava", "Duncan"), (-22, -22), (None, -60))
    call.ring("us", 1)
    call.prompt("Ava", "Thank you for calling. Our office is now closed.", gap=1.0)
    call.prompt("Ava", "Please call again on Monday between nine and five.", gap=0.5)
    return call.finish("system_prompt", abrupt=True, tail=0.4)


def one_way():
    call = Call("one-way-ulaw", "one_way", 11, ("Duncan", "Chloe"), (-23, -23), (-61, None))
    call.say("agent", "City Plumbing, good afternoon.", at=0.8)
    call.say("agent", "Hello? Can you hear me?", gap=2.2)
    call.say("agent", "I cannot hear you at all.", gap=2.4)
    call.say("agent", "Please try again from another telephone. Goodbye.", gap=1.8)
    return call.finish("no_conversation")


def leakage():
    call = Call("leakage-alaw", "leakage", 12, ("Luca", "Katia"), (-28, -22), (-58, -62))
    call.say("agent", "Libreria Rossi, buongiorno.", at=0.7)
    call.say("customer", "Buongiorno. Cerco un libro sulla storia delle ferrovie in Sicilia.", gap=0.4)
    call.say("agent", "Ne abbiamo due.", gap=0.5)
    call.say("customer", "Quello nuovo. Potete spedirlo a Palermo entro venerdì?", gap=0.3)
    call.say("agent", "Certo. Oggi stesso.", gap=0.4)
    call.say("customer", "Perfetto, grazie mille. Arrivederci.", gap=0.3)
    call.say("agent", "Arrivederci.", gap=0.3)
    call.leak("agent", -20, 0.040)
    return call.finish("natural")


def packet_loss():
    call = Call("packet-loss-ulaw", "packet_loss", 13, ("Ava", "Duncan"), (-22, -23), (-63, -52))
    call.say("agent", "Riverside Dental, Ava speaking.", at=0.6)
    call.say("customer", "Hello, I have an appointment on Tuesday, but I am away all week.", gap=0.4)
    call.say("agent", "You are breaking up a little. Which day was it?", gap=0.5)
    call.say("customer", "Tuesday at half past ten. Could we move it to the week after?", gap=0.4)
    call.say("agent", "Of course. Goodbye.", gap=0.4)
    call.say("customer", "Bye.", gap=0.3)
    call.lose_packets("customer", 0.07)
    return call.finish("natural")


def mobile():
    call = Call("Rückruf Lyon", "natural", 14, ("Helene", "Gabriel"), (-21, -24), (-62, -58))
    call.say("agent", "Cabinet du docteur Simon, bonjour.", at=0.6)
    call.say("customer", "Bonjour, je voudrais un rendez-vous pour ma fille.", gap=0.4)
    call.say("agent", "Elle a quel âge, votre fille?", gap=0.4)
    call.say("customer", "Elle vient d'avoir six ans.", gap=0.5)
    call.say("agent", "Alors, demain matin à neuf heures. Cela vous convient?", gap=0.6)
    call.say("customer", "C'est parfait, merci beaucoup. Au revoir.", gap=0.3)
    call.say("agent", "Au revoir, madame.", gap=0.3)
    return call.finish("natural")


def wideband():
    call = Call("wideband-flac", "natural", 15, ("Chloe", "Jorge"), (-24, -26), (-78, None), rate=16000)
    call.say("agent", "Hotel Belvedere, reception, Chloe speaking.", at=0.6)
    call.say("customer", "Hola, quisiera dejar las maletas hasta las seis.", gap=0.4)
    call.say("agent", "Of course, leave them with us at the desk.", gap=0.4)
    call.say("customer", "Muchas gracias. Hasta luego.", gap=0.3)
    return call.finish("natural")


def mono():
    call = Call("mono-ulaw", "natural", 16, ("Katia", "Ben"), (-20, -24), (-60, -60))
    call.say("agent", "Pronto, farmacia Centrale, sono Katia.", at=0.7)
    call.say("customer", "Hello, do you speak English? I need something for a cough.", gap=0.5)
    call.say("agent", "Sì, un momento. Ha anche la febbre?", gap=0.5)
    call.say("customer", "No, only the cough, but it keeps me awake at night.", gap=0.4)
    call.say("agent", "Allora venga pure, siamo aperti fino alle otto.", gap=0.4)
    call.say("customer", "Great, I am on my way. Bye.", gap=0.3)
    return call.finish("natural")


def eight_bit():
    call = Call("quick-question-pcm8", "natural", 17, ("Luca", "Ines"), (-21, -19), (-50, -48))
    call.say("agent", "Officina Verdi, buonasera.", at=0.5)
    call.say("customer", "¿Hasta qué hora están abiertos hoy?", gap=0.4)
    call.say("agent", "Fino alle sette e mezza.", gap=0.4)
    call.say("customer", "Muy bien, gracias, adiós.", gap=0.3)
    return call.finish("natural")


CALLS = (
    (natural, "ulaw"), (interruptions, "pcm16"), (hold_music, "ulaw"), (hold_abandoned, "alaw"),
    (queue_abandoned, "ulaw"), (dead_air, "ulaw"), (cut_customer, "alaw"), (cut_agent, "ulaw"),
    (voicemail, "ulaw"), (system_prompt, "alaw"), (one_way, "ulaw"), (leakage, "alaw"),
    (packet_loss, "ulaw"), (wideband, "flac"), (eight_bit, "pcm8"),
    (mobile, "gsm", "mono"), (mono, "ulaw", "mono"))
