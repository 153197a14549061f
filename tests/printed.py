"""Prose for printed pages, and what is asked of the documents that are read from them."""

from knowledge.document import Document
from knowledge.reading.files import read_bytes

# Of each language three paragraphs, written for these tests.
PROSE = {
    "en": [
        (
            "The bakery of our school smells of rye from five in the morning. Whoever passes by on the way to the "
            "ferry stops, buys a roll and asks who made it. That question is the best lesson we give."
        ),
        (
            "Last winter two apprentices from Porto worked beside ours for a month. They salted the dough by hand, "
            "argued about it in three tongues and left behind a recipe that the town still orders on Fridays."
        ),
        (
            "What stayed with the teachers was something else: nobody had been told to speak, and everybody did. We "
            "would like to build on that, slowly, with people rather than with papers."
        ),
    ],
    "de": [
        (
            "Unsere Werkstatt liegt gleich hinter der Schleuse, und wer dort lernt, hört die Schiffe, bevor er sie "
            "sieht. Viele Betriebe am Ufer nehmen Jugendliche auf, die kaum ein Wort ihrer Sprache sprechen."
        ),
        (
            "Im vergangenen Herbst haben drei Lehrlinge aus Gent bei uns geschweißt und gelacht. Sie brachten eine Art "
            "zu messen mit, die wir seitdem nicht mehr ablegen wollen."
        ),
        (
            "Für die Ausbildenden war das neu. Niemand hatte sie vorbereitet, trotzdem ging es gut, weil alle "
            "neugierig blieben und Fehler nicht versteckten."
        ),
    ],
    "fi": [
        (
            "Koulun keittiö avataan aamulla ennen lautan lähtöä. Silloin leipä on lämmintä, ja ohikulkijat kysyvät, "
            "kuka sen on leiponut. Kysymys on paras oppitunti, jonka osaamme antaa."
        ),
        (
            "Viime talvena kaksi opiskelijaa Tartosta teki töitä meidän kanssamme kuukauden ajan. He suolasivat "
            "taikinan käsin, kiistelivät siitä kolmella kielellä ja jättivät jälkeensä reseptin."
        ),
        (
            "Opettajille jäi mieleen jotakin muuta: kukaan ei käskenyt puhumaan, ja silti kaikki puhuivat. Sen varaan "
            "haluamme rakentaa, hitaasti ja yhdessä."
        ),
    ],
    "fr": [
        (
            "Le fournil du lycée ouvre avant le premier bac, et l’odeur du seigle descend jusqu’au quai. Les passants "
            "achètent un petit pain puis demandent qui l’a pétri ce matin."
        ),
        (
            "L’hiver dernier, deux apprentis venus de Gênes ont travaillé un mois à nos côtés. Ils salaient la pâte à "
            "la main, discutaient en trois langues et nous ont laissé une recette."
        ),
        (
            "Les professeurs ont surtout retenu ceci : personne n’avait reçu l’ordre de parler, et chacun parlait. "
            "Voilà ce que nous voulons prolonger, sans hâte."
        ),
    ],
    "es": [
        (
            "El obrador de la escuela abre antes del primer barco y el olor del centeno baja hasta el muelle. Quien "
            "pasa compra un panecillo y pregunta quién lo amasó."
        ),
        (
            "El invierno pasado dos aprendices de Oporto trabajaron un mes con los nuestros. Salaban la masa a mano, "
            "discutían en tres lenguas y dejaron una receta."
        ),
        (
            "A los profesores les quedó otra cosa: nadie mandó hablar y todos hablaron. Sobre eso queremos construir, "
            "despacio y con las personas."
        ),
    ],
    "da": [
        (
            "Skolens bageri åbner før den første færge, og duften af rug når helt ned til kajen. De forbipasserende "
            "køber en bolle og spørger, hvem der har æltet den."
        ),
        (
            "Sidste vinter arbejdede to lærlinge fra Malmø en måned ved siden af vores. De saltede dejen i hånden, "
            "skændtes om den på tre sprog og efterlod en opskrift."
        ),
        (
            "Lærerne husker noget andet: ingen havde fået besked på at tale, og alle talte. Det vil vi bygge videre "
            "på, langsomt og sammen."
        ),
    ],
}


def read(data: bytes) -> Document:
    return read_bytes(data, "plan.pdf")


def folded(text: str) -> str:
    return " ".join(text.split())


def quotes(document: Document, *kinds: str) -> list[str]:
    return [folded(document.quote(block.span)) for block in document.blocks if block.kind in kinds]


def assert_in_order(document: Document, wanted: list[str]) -> None:
    text = folded(document.text)
    places = [text.find(one) for one in wanted]
    assert -1 not in places, [one for one in wanted if one not in text]
    assert places == sorted(places)
