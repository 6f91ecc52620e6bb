"""Calls with the tones of exchanges, telephones and recorders."""
from test_audio import rooms
from test_audio.call import Call
from test_audio.signals import BUSY, CONGESTION, DIAL, INFORMATION, KEYS, music, tone
from test_audio.speech_calls import CROWD


def dial_and_keys():
    """A dial tone, keys, a Swedish ring; a recording beep every 15 s on the customer's leg."""
    call = Call("dial-and-keys", "tones", 51, ("Ines", "Luca"), (-22, -23), (-68, -70))
    start, end = call.sound("dial", tone(DIAL["us"], 3.4, call.rate, -20), at=0.4)
    call.event("dial_tone", start, end, leg="agent")
    for index, key in enumerate("5901"):
        start, end = call.sound("dtmf", tone(KEYS[key], 0.09, call.rate, -16), gap=0.5 if index == 0 else 0.12)
        call.event("dtmf", start, end, leg="agent")
    call.ring("se", 1, at=call.end + 1.2)
    call.say("customer", "Pronto, chi parla?", gap=1.2)
    call.say("agent", "Buenas tardes, llamo de la tienda de muebles, su mesa ha llegado.", gap=0.5)
    call.say("customer", "Che bella notizia, quando la potete consegnare?", gap=0.5)
    call.say("agent", "El jueves por la mañana, si le viene bien.", gap=0.5)
    call.say("customer", "Giovedì va benissimo, grazie, sono a casa.", gap=0.6)
    call.say("agent", "Hasta el jueves, señor, que tenga un buen día.", gap=0.5)
    call.say("customer", "Altrettanto. Arrivederci.", gap=0.5)
    for at in (11.6, 26.6):
        start, end = call.sound("beep", tone((1400,), 0.2, call.rate, -26), "customer", at=at)
        call.event("beep", start, end, leg="customer")
    return call.finish("natural", tail=1.4)


def double_ring():
    """The Australian double ring, twice, then a menu and the caller's keys."""
    call = Call("double-ring", "tones", 52, ("Helene", "Duncan"), (-23, -23), (-64, -62))
    call.ring("au", 2)
    call.prompt("Helene", "Bonjour. Pour les horaires, tapez un. Pour une commande, tapez deux.", gap=1.0)
    for index, key in enumerate("27"):
        start, end = call.sound("dtmf", tone(KEYS[key], 0.12, call.rate, -15), "customer", gap=0.9 if index == 0 else 2)
        call.event("dtmf", start, end, leg="customer")
    call.prompt("Helene", "Merci. Nous sommes fermés. À demain.", gap=0.8)
    return call.finish("system_prompt", abrupt=True, tail=0.5)


def congestion():
    """Special information tones, an announcement, then congestion."""
    call = Call("congestion", "tones", 53, ("Ava", "Ben"), (-22, -22), (None, -66))
    start = None
    for index, frequency in enumerate(INFORMATION):
        begun, end = call.sound("sit", tone(frequency, 0.33, call.rate, -18), at=0.8 + index * 0.36)
        start = begun if start is None else start
    call.event("sit", start, end, leg="agent")
    call.prompt("Ava", "The number you have dialled is not in service.", gap=0.6)
    first, last = call.cadence("congestion", CONGESTION["us"], call.end + 0.5, 8, -19)
    call.event("congestion_tone", first, last, leg="agent")
    return call.finish("system_prompt", abrupt=True, tail=0.4)


def line_busy():
    """A British double ring, then the busy tone of another country: nobody answers."""
    call = Call("line-busy", "tones", 54, ("Eva", "Frank"), (-22, -22), (-74, -66))
    call.ring("uk", 2)
    first, last = call.cadence("busy", BUSY["us"], call.end + 1.5, 8, -20)
    call.event("busy_tone", first, last, leg="agent")
    return call.finish("no_conversation", tail=0.5)


def hold_beeps():
    """On hold with a beep every 4 s, and back; a Japanese ring before."""
    call = Call("hold-beeps", "hold_beeps", 55, ("Katia", "Jorge"), (-22, -24), (-70, -70))
    call.ring("jp", 1)
    call.say("agent", "Biblioteca comunale, buongiorno.", gap=0.9)
    call.say("customer", "Hola, busco un libro sobre barcos antiguos.", gap=0.5)
    call.say("agent", "Guardo subito nel catalogo, resti in linea.", gap=0.5)
    first = call.end + 2
    for index in range(5):
        start, end = call.sound("beep", tone((425,), 0.25, call.rate, -24), at=first + 4 * index)
    call.event("hold", first, end, kind="beep", leg="agent")
    call.say("agent", "Eccomi. Ne abbiamo due.", gap=2.2)
    call.say("customer", "Estupendo, voy mañana. Adiós.", gap=0.5)
    call.say("agent", "Arrivederci.", gap=0.3)
    return call.finish("natural")


def music_in_crowd():
    """Hold music while a crowd is heard on the customer's leg and, softer, on the agent's."""
    call = Call("music-in-crowd", "hold_music", 56, ("Duncan", "Ines"), (-21, -22), (-66, -64))
    call.say("agent", "Lost property office, Duncan speaking.", at=0.6)
    call.say("customer", "Hola, he perdido una mochila roja en el tren.", gap=0.5)
    call.say("agent", "I go and have a look, please hold the line.", gap=0.5)
    call.hold(10, -23, tempo=96, root=55, progression=(0, 3, 5, 4))
    call.say("agent", "We have a red one here, with a book in it.", gap=0.7)
    call.say("customer", "¡Sí, es la mía! Muchas gracias.", gap=0.5)
    call.say("agent", "Until six. Goodbye.", gap=0.4)
    call.through("customer", rooms.babble(CROWD, 0.2, -18))
    call.through("agent", rooms.babble(CROWD, 0.2, -24))
    return call.finish("natural")


def music_behind():
    """Music plays in the shop behind the agent all the time: background, no hold."""
    call = Call("music-behind", "background", 57, ("Gabriel", "Eva"), (-20, -22), (-68, -66))
    call.say("agent", "Café du Port, bonjour.", at=0.7)
    call.say("customer", "Guten Tag, ich möchte einen Tisch für heute Abend.", gap=0.5)
    call.say("agent", "Pour combien de personnes, et à quelle heure?", gap=0.5)
    call.say("customer", "Für sechs Personen, gegen acht Uhr, wenn möglich draußen.", gap=0.6)
    call.say("agent", "C'est noté, une table sur la terrasse.", gap=0.6)
    call.say("customer", "Vielen Dank, bis heute Abend.", gap=0.5)
    call.say("agent", "À ce soir.", gap=0.4)

    def shop(call, party, leg):
        style = {"tempo": 92, "root": 58, "progression": (0, 5, 3, 4)}
        return leg + music(call.length / call.rate, call.rate, call.rng, -40, **style)[:len(leg)]

    call.through("agent", shop)
    return call.finish("natural")


CALLS = ((dial_and_keys, "flac12"), (double_ring, "flac11"), (congestion, "flac12"), (line_busy, "flac12"),
         (hold_beeps, "flac12"), (music_in_crowd, "flac11"), (music_behind, "flac11"))
