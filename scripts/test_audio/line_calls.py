"""Calls over bad lines, through codecs and recorders that do things to a leg."""
from test_audio import lines
from test_audio.call import Call
from test_audio.signals import BUSY


def leak_near():
    """The agent's voice on the customer's leg, 15 dB down and 120 ms late: a speakerphone."""
    call = Call("leak-near", "leakage", 31, ("Frank", "Ines"), (-21, -23), (-60, -62))
    call.say("agent", "Autohaus Weber, Werkstatt, Frank am Apparat.", at=0.6)
    call.say("customer", "Buenos días, se me ha encendido una luz roja.", gap=0.5)
    call.say("agent", "Welche Lampe ist es denn genau, die für das Öl?", gap=0.4)
    call.say("customer", "No lo sé, es redonda.", gap=0.6)
    call.say("agent", "Dann fahren Sie bitte nicht weiter, wir holen den Wagen.", gap=0.5)
    call.say("customer", "Vale, espero aquí. Gracias.", gap=0.5)
    call.say("agent", "Bis gleich.", gap=0.4)
    call.leak("customer", -15, 0.120)
    return call.finish("natural")


def echo():
    """The far end sends the customer's voice back 200 ms late, 20 dB down."""
    call = Call("echo", "leakage", 32, ("Ava", "Gabriel"), (-24, -20), (-62, -60))
    call.say("agent", "Sunshine Travel, Ava speaking.", at=0.6)
    call.say("customer", "Bonjour, je voudrais changer la date de mon vol pour Montréal.", gap=0.5)
    call.say("agent", "Of course. Which day suits you?", gap=0.6)
    call.say("customer", "Le douze ou le treize, plutôt le matin, si c'est possible.", gap=0.5)
    call.say("agent", "The thirteenth at eight, then.", gap=0.6)
    call.say("customer", "C'est parfait, je vous remercie. Au revoir.", gap=0.5)
    call.say("agent", "Goodbye.", gap=0.6)
    call.leak("agent", -20, 0.200)
    return call.finish("natural")


def gated():
    """Both lines are digital silence between words, as behind a noise gate or with discontinuous transmission."""
    call = Call("gated", "gated", 33, ("Helene", "Luca"), (-23, -24), (-58, -60))
    call.say("agent", "Boulangerie Martin, bonjour.", at=0.8)
    call.say("customer", "Buongiorno, vorrei ordinare una torta per domenica.", gap=0.4)
    call.say("agent", "Aux fraises, ou au chocolat?", gap=0.5)
    call.say("customer", "Al cioccolato, per dodici persone.", gap=0.6)
    call.say("agent", "Elle sera prête à dix heures, dimanche matin.", gap=0.6)
    call.say("customer", "Benissimo, grazie. Arrivederci.", gap=0.4)
    call.say("agent", "Au revoir, monsieur.", gap=0.3)
    for party in ("agent", "customer"):
        call.through(party, lines.gate())
    return call.finish("natural")


def gsm_dying():
    """Both legs through GSM 6.10, holes in the customer's; the agent's leg dies in mid-word."""
    call = Call("gsm-dying", "gsm", 34, ("Chloe", "Frank"), (-21, -22), (-56, -58))
    call.say("agent", "Alpine Outdoor, Chloe speaking, how can I help?", at=0.7)
    call.say("customer", "Guten Tag, die Schuhe, die Sie mir geschickt haben, sind zu klein.", gap=0.5)
    call.say("agent", "Oh dear. Which size have you ordered?", gap=0.5)
    call.say("customer", "Zweiundvierzig, ich brauche aber dreiundvierzig.", gap=0.6)
    start, end = call.say("agent", "We can exchange them, you only have to send the old pair back to", gap=0.5)
    dead = call.stop("agent", start + 0.7 * (end - start), fade=0)
    call.say("customer", "Hallo? Ich höre Sie nicht mehr. Sind Sie noch da?", gap=1.0)
    call.through("customer", lines.loses_packets(0.06), lines.gsm)
    call.through("agent", lines.gsm, lines.dead_from(dead))
    return call.finish("cut_off", abrupt=True, cut="agent", tail=1.0)


def concealed():
    """Packets of the customer's are played again where one is lost; the agent is clipped."""
    call = Call("concealed", "concealed_loss", 35, ("Jorge", "Eva"), (-23, -22), (-60, -58))
    call.say("agent", "Ferretería López, dígame.", at=0.6)
    call.say("customer", "Guten Tag, ich suche eine Pumpe für den Garten, möglichst leise.", gap=0.5)
    call.say("agent", "Tenemos dos modelos.", gap=0.5)
    call.say("customer", "Welche ist denn leiser, und was kostet sie?", gap=0.5)
    call.say("agent", "La azul. Cuesta noventa euros.", gap=0.5)
    call.say("customer", "Gut, die nehme ich. Auf Wiederhören.", gap=0.5)
    call.say("agent", "Adiós.", gap=0.3)
    call.through("customer", lines.loses_packets(0.08, concealed=True))
    call.through("agent", lines.clip(9))
    return call.finish("natural")


def late_and_low():
    """The customer's leg is recorded from the fourth second on, and very soft."""
    call = Call("late-and-low", "late_leg", 36, ("Ben", "Helene"), (-22, -41), (-66, -76))
    call.say("agent", "City Theatre box office, good evening, this is Ben, how can I help you tonight?", at=0.5)
    call.say("customer", "Bonsoir, avez-vous encore deux places pour samedi soir?", gap=0.5)
    call.say("agent", "There are two left in the gallery, side by side.", gap=0.4)
    call.say("customer", "Je les prends. Je viens les chercher demain.", gap=0.5)
    call.say("agent", "I put them aside for you. Good night.", gap=0.4)
    call.say("customer", "Merci beaucoup. Bonne soirée.", gap=0.4)
    call.through("customer", lines.starts_late(3))
    return call.finish("natural")


def same_channels():
    """Both channels carry both parties."""
    call = Call("same-channels", "same", 38, ("Chloe", "Luca"), (-22, -24), (-66, -66))
    call.say("agent", "Museum of Glass, good morning, Chloe speaking.", at=0.6)
    call.say("customer", "Buongiorno, siete aperti anche il lunedì?", gap=0.5)
    call.say("agent", "We are closed on Mondays, but open every other day until six.", gap=0.4)
    call.say("customer", "Ho capito. E quanto costa il biglietto per i bambini?", gap=0.5)
    call.say("agent", "Children come in for nothing, with their parents.", gap=0.4)
    call.say("customer", "Fantastico, allora veniamo martedì. Grazie.", gap=0.5)
    call.say("agent", "You are welcome. Goodbye.", gap=0.3)
    return call.finish("natural")


def half_same():
    """Both channels carry both parties for the first half, then each its own."""
    call = Call("half-same", "same", 39, ("Ava", "Frank"), (-22, -23), (-66, -66))
    call.say("agent", "Blue Door Bakery, Ava speaking.", at=0.6)
    for question, answer in (
            ("Guten Morgen, ich hätte gern zwanzig Brötchen für morgen früh.", "Twenty rolls. With seeds?"),
            ("Zehn mit Mohn und zehn ohne alles, bitte.", "At what time do you want to collect them?"),
            ("Um halb sieben, geht das schon?", "We open at six, so that is no problem at all."),
            ("Wunderbar, und haben Sie auch Hörnchen?", "Yes, fresh ones, how many do you want?"),
            ("Dann nehme ich noch acht davon.", "Eight croissants. Anything else?"),
            ("Nein, das ist alles. Vielen Dank.", "See you tomorrow then.")):
        call.say("customer", question, gap=0.45)
        call.say("agent", answer, gap=0.45)
    call.same = (0, call.end / 2)
    return call.finish("natural")


def wide_ring():
    """16 kHz; a German ring, an interruption, a busy tone after the goodbye."""
    call = Call("wide-ring", "wideband", 40, ("Eva", "Ben"), (-21, -21), (-72, -70), rate=16000)
    call.ring("de", 1)
    call.say("agent", "Praxis Doktor Klein, guten Tag.", gap=0.9)
    call.interrupt("agent", "Sind Sie privat versichert?", 1.6, 0.8, "successful",
                   "Hello, I have had a sore throat for three days now and I would like")
    call.say("customer", "No, I am not.", gap=0.5)
    call.say("agent", "Dann kommen Sie um vier Uhr. Auf Wiederhören.", gap=0.4)
    call.say("customer", "Bye.", gap=0.3)
    first, last = call.cadence("busy", BUSY["de"], call.end + 0.8, 4, -22)
    call.event("busy_tone", first, last, leg="agent")
    return call.finish("natural", tail=0.6)


CALLS = ((leak_near, "flac11"), (echo, "flac11"), (gated, "flac12"), (gsm_dying, "flac12"), (concealed, "flac12"),
         (late_and_low, "flac"), (same_channels, "flac12", "twice"), (half_same, "flac11"), (wide_ring, "flac12"))
