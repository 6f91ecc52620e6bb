"""Calls in which it is hard to tell what a party says from what else is on the leg."""
from test_audio import lines, rooms
from test_audio.call import Call

NEWS = ("The river has risen by two metres since Sunday and several roads are closed. The council asks people to stay "
        "at home, and to keep away from the banks. In the north the trains run again from tomorrow, while the ferry "
        "to the islands waits for calmer weather. And now to sport, where the home team has won three to one.")
CROWD = ("I told him so last year and he would not listen, and now look what we have got, a whole garage full of paper "
         "and nobody who wants to carry it away before the summer comes.")
COLLEAGUES = (("Frank", "Hast du die Liste schon gesehen?"), ("Luca", "No, la vedo domani mattina con Paolo."),
              ("Katia", "Allora scrivimi quando arriva il corriere."))


def soft_words():
    """A third of the utterances are 8 to 18 dB softer, among them answers that stand alone in long silence."""
    call = Call("soft-words", "soft", 21, ("Ava", "Duncan"), (-22, -24), (-70, -68))
    call.say("agent", "Green Street Library, Ava speaking, what can I do for you?", at=0.7)
    call.say("customer", "Good morning. I would like to renew three books.", gap=0.4)
    call.say("agent", "Do you have your card there?", gap=0.4)
    call.say("customer", "I think so, let me look.", gap=0.5, louder=-11)
    call.say("agent", "Take your time.", gap=0.4, louder=-14)
    call.say("customer", "Nine, no, wait.", gap=3.9, louder=-16)
    call.say("agent", "Yes?", gap=0.9, louder=-12)
    call.say("customer", "It is nine two seven, four four one.", gap=3.8)
    call.say("agent", "One of them is wanted by somebody else, I am afraid.", gap=0.6)
    call.say("customer", "Oh.", gap=0.5, louder=-13)
    call.say("customer", "Which one is that?", gap=0.9)
    call.say("agent", "The one about the lighthouses.", gap=0.5, louder=-9)
    call.say("customer", "Then I will bring that one back on Friday.", gap=0.4)
    call.say("agent", "Thank you very much. Goodbye.", gap=0.3)
    call.say("customer", "Bye.", gap=0.3, louder=-8)
    return call.finish("natural")


def room_voices():
    """Colleagues talk behind the agent, also where both parties are silent."""
    call = Call("room-voices", "room", 22, ("Chloe", "Ben"), (-21, -23), (-66, -60))
    call.say("agent", "Parcel service, Chloe speaking, good afternoon.", at=0.8)
    call.say("customer", "Hello, you have left a parcel with a neighbour I do not know.", gap=0.4)
    call.say("agent", "Let me find out who has signed for it.", gap=0.5)
    call.say("agent", "It was signed by somebody called Miller at number nineteen.", gap=7.0)
    call.say("customer", "There is no number nineteen in our street, it ends with fifteen.", gap=0.5)
    call.say("agent", "Then I ask the driver, and we call you back this evening.", gap=0.6)
    call.say("customer", "Please do. Goodbye.", gap=0.4)
    call.say("agent", "Goodbye.", gap=0.3)
    call.through("agent", rooms.colleagues(COLLEAGUES, 2.6, 1.1, (-20, -13)))
    return call.finish("natural")


def radio_behind():
    """A radio plays behind the customer all the time, in dead air too."""
    call = Call("radio-behind", "radio", 23, ("Eva", "Jorge"), (-23, -24), (-64, -62))
    call.say("agent", "Rathaus Neustadt, Bürgerbüro, mein Name ist Eva.", at=0.6)
    call.say("customer", "Buenos días, ¿habla usted español? Necesito un certificado.", gap=0.4)
    call.say("agent", "Un poco. ¿Qué certificado necesita?", gap=0.5)
    call.say("customer", "El de residencia, para el colegio de los niños.", gap=0.5)
    call.say("agent", "Einen Moment, ich sehe nach.", gap=0.4)
    call.say("agent", "Sie können es morgen abholen.", gap=7.4)
    call.say("customer", "Perfecto. Muchas gracias, hasta mañana.", gap=0.6)
    call.say("agent", "Auf Wiederhören.", gap=0.3)
    call.through("customer", rooms.radio("Chloe", NEWS, 0.2, -17))
    return call.finish("natural")


def babble():
    """A crowd behind the customer, the noise of a car behind the agent."""
    call = Call("babble", "babble", 24, ("Luca", "Helene"), (-24, -23), (-40, -60))
    call.say("agent", "Taxi Torino, buonasera.", at=0.7)
    call.say("customer", "Bonsoir, une voiture pour la gare, s'il vous plaît, pour deux personnes.", gap=0.5)
    call.say("agent", "Sì, subito. Dove si trova?", gap=0.5)
    call.say("customer", "Devant le théâtre, à côté du kiosque.", gap=0.6)
    call.say("agent", "Cinque minuti, signora. È una macchina bianca.", gap=0.6)
    call.say("customer", "Merci, à tout de suite.", gap=0.4)
    call.say("agent", "Arrivederci.", gap=0.4)
    call.through("customer", rooms.babble(CROWD, 0.2, -15))
    return call.finish("natural")


def dog_and_keys():
    """The agent types, a dog barks at the customer's."""
    call = Call("dog-and-keys", "barking", 25, ("Katia", "Frank"), (-23, -23), (-62, -64))
    call.say("agent", "Clinica veterinaria Rossi, buongiorno, sono Katia.", at=0.6)
    call.say("customer", "Guten Tag, mein Hund hat etwas Falsches gefressen.", gap=0.4)
    call.say("agent", "Wie alt ist der Hund?", gap=0.5)
    call.say("customer", "Er ist vier, und er ist sehr munter, wie Sie hören.", gap=1.6)
    call.say("agent", "Das ist gut. Kommen Sie bitte um elf Uhr vorbei.", gap=2.2)
    call.say("customer", "Danke, wir sind um elf Uhr da.", gap=0.5)
    call.say("agent", "Bis gleich.", gap=0.3)
    call.through("customer", rooms.barks((9.3, 15.2, 22.4), -5))
    call.through("agent", rooms.typing(6.4, 9.0, 2), rooms.typing(12.2, 15.0, 2))
    return call.finish("natural")


def level_drift():
    """The agent leans back: 12 dB over the call."""
    call = Call("level-drift", "drift", 26, ("Gabriel", "Ines"), (-20, -24), (-62, -62))
    call.say("agent", "Service client, bonjour, Gabriel à l'appareil.", at=0.6)
    for question, answer in (
            ("Hola, llamo por la factura de agosto, que no entiendo.", "Quelle ligne ne comprenez-vous pas?"),
            ("La tercera, la del alquiler del contador.", "C'est la location du compteur, pour un trimestre."),
            ("Pero ya la pagué en julio, tengo el recibo.", "Je regarde. Oui, vous avez tout à fait raison."),
            ("¿Y qué hacemos ahora?", "Je vous rembourse cette somme sur la prochaine facture."),
            ("Muy bien, entonces espero la próxima.", "Avez-vous une autre question aujourd'hui?")):
        call.say("customer", question, gap=0.5)
        call.say("agent", answer, gap=0.6)
    call.say("customer", "No, gracias. Adiós.", gap=0.4)
    call.say("agent", "Au revoir.", gap=0.3)
    call.through("agent", lines.fades(12))
    return call.finish("natural")


def noise_step():
    """A noisy room is heard from the answer on; noise rises behind the customer, as a train comes in."""
    call = Call("noise-step", "noise", 27, ("Ben", "Ava"), (-22, -22), (None, -66))
    call.ring("us", 1)
    call.say("agent", "Corner Garage, Ben here.", gap=1.4)
    call.say("customer", "Hi Ben, is my car ready?", gap=0.4)
    call.say("agent", "Almost. We are still waiting for the left door.", gap=0.5)
    call.say("customer", "How long will that take? I need it for the weekend.", gap=0.5)
    call.say("agent", "It comes tomorrow. You can have the car on Thursday at noon.", gap=0.7)
    call.say("customer", "Thursday is fine. I am on the platform, my train is coming.", gap=0.5)
    call.say("agent", "Have a good trip.", gap=0.4)
    call.say("customer", "Thanks, bye.", gap=0.4)
    call.through("agent", lines.noise_from(3.2, -44))
    call.through("customer", lines.noise_from(6, -60, rise_db=20))
    return call.finish("natural")


def far_bystander():
    """Somebody far from the agent says one sentence; a kettle runs behind the customer for some seconds."""
    call = Call("far-bystander", "bystander", 28, ("Duncan", "Katia"), (-23, -23), (-74, -72))
    call.say("agent", "Highland Tours, this is Duncan.", at=0.8)
    call.say("customer", "Buongiorno, vorrei prenotare la gita al lago per sabato.", gap=0.4)
    call.say("agent", "For how many people?", gap=0.5)
    call.say("customer", "Siamo in quattro, due adulti e due bambini.", gap=3.6)
    call.say("agent", "That is fine. The coach leaves at nine from the station.", gap=0.6)
    call.say("customer", "Grazie, a sabato.", gap=4.2)
    call.say("agent", "See you then.", gap=0.3)
    call.through("agent", rooms.bystander("Helene", "Il n'y a plus de café ici.", 9.0, -15))
    call.through("customer", rooms.appliance(16.4, 19.4, -13))
    return call.finish("natural")


CALLS = ((soft_words, "flac12"), (room_voices, "flac11"), (radio_behind, "flac11"), (babble, "flac11"),
         (dog_and_keys, "flac11"), (level_drift, "flac11"), (noise_step, "flac11"), (far_bystander, "flac12"))
