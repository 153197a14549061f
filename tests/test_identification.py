"""Languages: the nine are told apart even in short phrases, others are not taken for them."""

import unicodedata
from itertools import pairwise

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from evals.fit_familiar import share_out_words
from knowledge.familiar import WHOLE, share_words
from knowledge.identification import LANGUAGES, identify_language
from knowledge.labelled import load_labelled

ENOUGH = 0.95  # of the phrases below; 97% when this was written

PHRASES = {
    "en": [
        "Student mobility",
        "Our vision and mission",
        "Staff go abroad",
        "Better language skills",
        "Partnerships with local companies",
        "Ten teachers visit partner schools every year",
        "Graduates find work",
        "International strategy 2027",
        "More students take part in exchanges",
        "Why do we need goals?",
        "Quality of teaching",
        "A school open to the world",
        "How many goals should a strategy have",
        "Learning environment",
    ],
    "fi": [
        "Kansainvälinen toiminta",
        "Opiskelijoiden liikkuvuus",
        "Henkilöstön kielitaito paranee",
        "Visio ja arvot",
        "Miksi tavoitteet ovat tärkeitä?",
        "Kumppanuudet yritysten kanssa",
        "Opettajat lähtevät vaihtoon",
        "Laadukas opetus",
        "Strategia vuosille 2027–2030",
        "Hyvinvoiva yhteisö",
        "Useampi opiskelija lähtee ulkomaille",
        "Työelämän tarpeet",
    ],
    "da": [
        "Elevernes mobilitet",
        "Vores vision og mission",
        "Flere elever rejser ud",
        "Bedre sprogkundskaber",
        "Samarbejde med lokale virksomheder",
        "Hvorfor har vi brug for mål?",
        "Lærerne besøger partnerskoler",
        "Internationalt arbejde",
        "Kvalitet i undervisningen",
        "En skole for alle",
        "Strategi for 2027-2030",
        "Personalet får nye kompetencer",
    ],
    "nl": [
        "Mobiliteit van studenten",
        "Onze visie en missie",
        "Meer studenten gaan naar het buitenland",
        "Betere taalvaardigheid",
        "Samenwerking met bedrijven",
        "Waarom hebben we doelen nodig?",
        "Docenten bezoeken partnerscholen",
        "Kwaliteit van het onderwijs",
        "Een open school",
        "Strategie voor de komende jaren",
        "Internationale samenwerking",
        "Medewerkers leren van elkaar",
    ],
    "de": [
        "Mobilität der Auszubildenden",
        "Unsere Vision",
        "Mehr Lernende gehen ins Ausland",
        "Bessere Sprachkenntnisse",
        "Zusammenarbeit mit Betrieben",
        "Warum brauchen wir Ziele?",
        "Lehrkräfte besuchen Partnerschulen",
        "Qualität des Unterrichts",
        "Eine offene Schule",
        "Ziele der Schule",
        "Internationale Zusammenarbeit",
        "Strategie bis 2030",
        "Stärkung der Sprachkompetenz",
    ],
    "hu": [
        "A tanulók mobilitása",
        "Küldetés és értékek",
        "Több diák megy külföldre",
        "Jobb nyelvtudás",
        "Együttműködés helyi cégekkel",
        "Miért van szükség célokra?",
        "A tanárok partneriskolákat látogatnak",
        "Az oktatás minősége",
        "Nyitott iskola",
        "Nemzetközi stratégia",
        "A munkaerőpiac igényei",
        "Versenyképes szakképzés",
    ],
    "fr": [
        "Mobilité des élèves",
        "Notre vision et nos valeurs",
        "Plus d'élèves partent à l'étranger",
        "De meilleures compétences en langues",
        "Partenariats avec les entreprises",
        "Pourquoi avons-nous besoin d'objectifs ?",
        "Les enseignants visitent des écoles",
        "Qualité de l'enseignement",
        "Une école ouverte",
        "Stratégie internationale",
        "Coopération européenne",
        "Le personnel apprend",
    ],
    "es": [
        "Movilidad de los estudiantes",
        "Nuestra visión y misión",
        "Más alumnos salen al extranjero",
        "Mejores competencias lingüísticas",
        "Colaboración con empresas locales",
        "¿Por qué necesitamos objetivos?",
        "Los profesores visitan otros centros",
        "Calidad de la enseñanza",
        "Un centro abierto al mundo",
        "Estrategia internacional",
        "Cooperación europea",
        "Valores y metas del centro",
    ],
    "it": [
        "Mobilità degli studenti",
        "La nostra visione",
        "Più studenti vanno all'estero",
        "Migliori competenze linguistiche",
        "Collaborazione con le aziende",
        "Perché servono gli obiettivi?",
        "I docenti visitano scuole partner",
        "Qualità della didattica",
        "Una scuola aperta",
        "Strategia internazionale",
        "Cooperazione europea",
        "Il personale impara le lingue",
    ],
}
FOREIGN = {
    "no": (
        "Skolen vår ønsker å øke antallet elever som reiser ut i praksis, og vi vil styrke "
        "samarbeidet med bedrifter i regionen."
    ),
    "sv": (
        "Skolan vill öka antalet elever som åker på praktik utomlands och stärka samarbetet med företagen i regionen."
    ),
    "pt": (
        "A escola pretende aumentar o número de alunos que realizam estágios no estrangeiro e "
        "reforçar a cooperação com empresas."
    ),
    "ca": (
        "L'escola vol augmentar el nombre d'alumnes que fan pràctiques a l'estranger i reforçar la "
        "cooperació amb les empreses."
    ),
    "pl": (
        "Szkoła chce zwiększyć liczbę uczniów wyjeżdżających na praktyki zagraniczne i wzmocnić współpracę z firmami."
    ),
    "et": "Kool soovib suurendada välispraktikale minevate õpilaste arvu ja tugevdada koostööd ettevõtetega.",
    "ro": (
        "Școala dorește să crească numărul de elevi care merg în stagii în străinătate și să "
        "consolideze cooperarea cu firmele."
    ),
    "cs": "Škola chce zvýšit počet žáků, kteří vyjíždějí na zahraniční stáže, a posílit spolupráci s firmami.",
    "sl": ("Šola želi povečati število dijakov, ki gredo na prakso v tujino, in okrepiti sodelovanje s podjetji."),
    "hr": ("Škola želi povećati broj učenika koji odlaze na praksu u inozemstvo i ojačati suradnju s poduzećima."),
    "la": "Schola nostra discipulos in alias civitates mittit, ut linguas et mores aliorum discant.",
    "ja": "学校は海外実習に参加する生徒の数を増やしたいと考えています。",
    "ru": "Школа хочет увеличить число учеников, выезжающих на практику.",
    "el": "Το σχολείο θέλει να αυξήσει τον αριθμό των μαθητών",
    "tr": ("Okul, yurt dışında staj yapan öğrenci sayısını artırmak ve şirketlerle işbirliğini güçlendirmek istiyor."),
    "lt": (
        "Mokykla nori padidinti užsienyje praktiką atliekančių mokinių skaičių ir stiprinti "
        "bendradarbiavimą su įmonėmis."
    ),
    "eu": "Ikastetxeak atzerrian praktikak egiten dituzten ikasleen kopurua handitu nahi du.",
    "gl": (
        "O centro quere aumentar o número de alumnos que fan prácticas no estranxeiro e reforzar a "
        "cooperación coas empresas."
    ),
    "is": "Skólinn vill fjölga nemendum sem fara í starfsnám erlendis og styrkja samstarf við fyrirtæki.",
}


def test_short_phrases_in_the_nine_languages_are_mostly_told_right() -> None:
    pairs = [(language, phrase) for language, phrases in PHRASES.items() for phrase in phrases]
    right = [identify_language(phrase) == language for language, phrase in pairs]
    assert set(PHRASES) == set(LANGUAGES)
    assert min(map(len, PHRASES.values())) >= 10
    assert sum(right) / len(right) >= ENOUGH


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_each_language_is_told_right(language: str) -> None:
    assert identify_language(". ".join(PHRASES[language])) == language


@pytest.mark.parametrize("language", FOREIGN)
def test_a_sentence_in_another_language_is_none_of_ours(language: str) -> None:
    assert identify_language(FOREIGN[language]) == "und"


@pytest.mark.parametrize("text", ["", "   ", "2027–2030", "§ 41", "A1", "…", "\ud800"])
def test_a_text_with_hardly_a_letter_is_in_no_language(text: str) -> None:
    assert identify_language(text) == "und"


def test_capitals_are_read_as_the_words_they_are() -> None:
    assert identify_language("STÄRKUNG DER SPRACHKOMPETENZ ALLER LEHRKRÄFTE") == "de"


@pytest.mark.parametrize(
    ("phrase", "language"),
    [
        ("More mobility", "en"),
        ("Less bureaucracy", "en"),
        ("Improve quality", "en"),
        ("Meno burocrazia", "it"),
        ("Qualität", "de"),
        ("Laatu", "fi"),
    ],
)
def test_words_tell_a_phrase_that_its_letters_do_not(phrase: str, language: str) -> None:
    assert identify_language(phrase) == language
    decomposed = unicodedata.normalize("NFD", phrase)
    assert identify_language(decomposed) == language


def test_a_few_foreign_words_do_not_change_the_language_of_a_page() -> None:
    page = ". ".join(PHRASES["fi"]) + ". " + PHRASES["en"][0]
    assert identify_language(page) == "fi"


def test_the_condensed_model_says_what_the_whole_one_says() -> None:
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(LANGUAGES)
    # Longer than a phrase whose words are looked at as well.
    phrases = [f"{one}, {other}" for each in PHRASES.values() for one, other in pairwise(each)]
    assert [identify_language(one) for one in phrases] == [whole.classify(one)[0] for one in phrases]


def test_the_known_words_are_those_of_our_statements() -> None:
    counted = share_out_words(load_labelled())
    kept = {word: share_words(word)[0] for word in counted if share_words(word)}
    assert kept.keys() == counted.keys(), "statements changed; run: python -m evals.fit_familiar"
    for word, shares in counted.items():
        assert list(kept[word].values()) == pytest.approx(shares, abs=0.51 / WHOLE)
