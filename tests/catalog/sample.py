"""A small course that is complete: one of everything, and nothing wrong."""

from pathlib import Path

COMPETENCIES = "lessons/competencies.yaml"
COURSE = "lessons/demo/course.yaml"
LESSON = "lessons/demo/01-names.md"
PHRASES = "lessons/demo/phrases.yaml"
DIALOGUES = "lessons/demo/dialogues.yaml"
TEMPLATES = "lessons/demo/engagements.yaml"
BASICS = "lessons/basics/course.yaml"
BASICS_LESSON = "lessons/basics/01-objective.md"
QUIZ = "quizzes/demo/demo-meeting.yaml"

FILES = {
    COMPETENCIES: """\
# What people can do.
- id: first-contact
  kind: etiquette
  title: First contact
  can_do: "I can greet a partner."
- id: deciding
  kind: communication
  title: Reading a decision
  can_do: "I can hear what was decided."
- id: gifts
  kind: etiquette
  title: Gifts
  can_do: "I can give a gift that fits."
- id: ja-clarifying
  kind: language
  title: Japanese for clarifying
  can_do: "I can ask for a repetition in Japanese."
  language: ja
  scale: Asking for clarification
  level: A2
  functions: [clarify]
""",
    BASICS: """\
title: Basics
summary: Before any partner.
cover: What every partner expects.
minutes: 6
prerequisites: []
licence: CC-BY-4.0
reviewers: []
sources:
  iso: {title: "ISO 44001", address: "https://www.iso.org/standard/72798.html", tier: A}
""",
    BASICS_LESSON: """\
---
id: basics-objective
title: One objective
competencies: [deciding]
goals: [I can name the objective.]
minutes: 6
functions: []
facts:
  - id: basics-objective-01
    text: "A written objective outlives a change of people."
    mark: contested
    sources: [iso]
    checked: 2026-11-22
    volatile: false
---

Write it down.
""",
    COURSE: """\
title: Japan
country: JP
language: ja
summary: For a first engagement.
cover: Why it *matters* before an engagement.
minutes: 20
prerequisites: [basics]
licence: CC-BY-4.0
reviewers: []
sources:
  guide: {title: "A guide", address: "https://example.org/guide", tier: A}
  survey:
    title: A survey
    address: https://example.org/survey
    tier: B
""",
    LESSON: """\
---
id: demo-names  # the lesson
title: Getting names right
topic: names
competencies: [first-contact, ja-clarifying]
goals:
  - I can address a partner by [さん]{lang=ja}.
  - I can ask how a name is read.
minutes: 8
functions: [clarify]
facts:
  - id: demo-names-01
    text: "Most people are addressed by family name and [さん]{lang=ja}."
    mark: consensus
    sources: [guide, survey]
    checked: 2026-11-22
    volatile: false
  - id: demo-names-02
    text: "First names can wait."
    mark: contested
    sources: [guide]
    checked: 2026-11-21
    volatile: true
wrong_advice:
  advice: "\\"Use first names from the first call.\\""
  why: "It makes people choose."
safe_default: "Family name and -san."
people_differ: "In a start-up people may sign with a first name."
---

## Which part is the family name

It comes **first**: [佐藤花子]{lang=ja} is Ms Sato.

- Ask once.
- Write it down.
""",
    PHRASES: """\
- id: ja-clarify-01
  lang: ja
  function: clarify
  text: もう一度お願いします。
  reading: もういちどおねがいします。
  translit: Mō ichido onegai shimasu.
  literal: "Once more, please."
  natural: "Could you say that again?"
  register: polite
  politeness: polite
  channel: [speech, call]
  to: {role: client, gender: any}
  speaker: any
  audio_text: もう一度お願いします
  wrong: [{text: "もう一回。", why: "Too short for a client."}]
  note: "Say it early."
""",
    DIALOGUES: """\
- id: demo-call
  lesson: demo-names
  lang: ja
  title: A bad line
  scene: "A call. *Nobody* is to blame."
  parties:
    - {id: guest, name: Morgan, role: "visitor, Halden"}
    - {id: host, name: Ms Sato, role: "purchasing, Kobe Seiki"}
  learner: guest
  turns:
    - party: host
      text: 15日です。
      reading: じゅうごにちです。
      translit: Jūgonichi desu.
      natural: "It is the fifteenth."
      audio_text: 十五日です
      note: "She says it once."
    - {party: guest, phrase: ja-clarify-01}
    - {party: host, text: 木曜日です。, reading: もくようびです。, natural: "It is the Thursday."}
    - {party: guest, text: はい。, reading: はい。, natural: "I see."}
    - {party: host, text: では。, reading: では。, natural: "Well then."}
    - {party: guest, text: どうも。, reading: どうも。, natural: "Thank you."}
""",
    TEMPLATES: """\
- id: demo-first-meeting
  title: First meeting
  seats:
    - id: lead
      title: Head of delegation
      speaking: true
      requirements:
        - {competency: first-contact, target: 0.7, must: true}
        - {competency: ja-clarifying, target: 0.6, must: false}
    - id: note-taker
      title: Note-taker
      speaking: false
      requirements:
        - {competency: deciding, target: 0.7, must: true}
""",
    QUIZ: """\
id: demo-meeting
title: First meeting
summary: "You meet Kobe Seiki."
minutes: 10
lessons: [demo-names]
key_status: author
items:
  - id: demo-meeting-01
    type: best_next_step
    competencies: [first-contact]
    level: A2
    topic: names
    lesson: demo-names
    stem: "Mr Sato says, \\"[はい]{lang=ja}\\", and looks at the sample."
    ask: "What is the best next step?"
    options:
      - id: a  # the first option
        text: "Ask what he sees."
        effect: best
        trust: 2
        clarity: 2
        consequence: "He shows it."
        explanation: "An open question lets him speak."
        say: ja-clarify-01
      - id: b
        text: "Wait a moment."
        effect: acceptable
        trust: 1
        clarity: 0
        consequence: "He goes on."
        explanation: "Silence is room."
      - id: c
        text: "Go on with the slides."
        effect: weak
        trust: 0
        clarity: -1
        consequence: "He nods."
        explanation: "The point is lost."
      - id: d
        text: "Ask for the signature."
        effect: harmful
        trust: -2
        clarity: -1
        consequence: "He closes the folder."
        explanation: "It was no consent."
    sources: [guide]
    facts: [demo-names-01]
    misreading: "That yes is consent."
    counter_case: "Among engineers it may be."
  - id: demo-meeting-02
    type: choice
    competencies: [deciding]
    stem: "The list has no date."
    ask: "What does it lack?"
    options:
      - {id: a, text: "A date.", correct: true, explanation: "Without one it waits."}
      - {id: b, text: "A logo.", correct: false, explanation: "Nobody needs it."}
      - {id: c, text: "A colour.", correct: false, explanation: "It is readable.", say: ja-clarify-01}
    sources: [survey]
  - id: demo-meeting-03
    type: multiple_choice
    competencies: [deciding, ja-clarifying]
    stem: "The line is bad."
    ask: "Choose all that help."
    options:
      - {id: a, text: "Repeat it.", correct: true, explanation: "It is heard."}
      - {id: b, text: "Write it.", correct: true, explanation: "It is read."}
      - {id: c, text: "Shout it.", correct: false, explanation: "It alarms."}
    sources: [guide]
  - id: demo-meeting-04
    type: what_does_it_mean
    competencies: [deciding]
    stem: "They will study it."
    ask: "What does it mean, from their side?"
    options:
      - {id: a, text: "It needs more people.", correct: true, explanation: "Others must agree."}
      - {id: b, text: "It is a yes.", correct: false, explanation: "Nobody said so."}
      - {id: c, text: "It is an insult.", correct: false, explanation: "It is ordinary."}
      - {id: d, text: "It is a joke.", correct: false, explanation: "Nobody laughed."}
    sources: [guide]
  - id: demo-meeting-05
    type: branching
    competencies: [deciding]
    title: "The lead time"
    stem: "You want a date."
    start: n1
    nodes:
      - id: n1
        title: "The question"
        text: "Ms Mori asks for twelve weeks."
        ask: "What do you say?"
        choices:
          - {id: a, text: "Ask why.", effect: best, trust: 2, clarity: 2,
             consequence: "She tells.", explanation: "Reasons help.", next: n2, say: ja-clarify-01}
          - {id: b, text: "Offer ten.", effect: weak, trust: 0, clarity: 1,
             consequence: "She writes.", explanation: "Too early.", next: n3, competencies: [deciding]}
          - {id: c, text: "Laugh.", effect: harmful, trust: -2, clarity: -1,
             consequence: "She stops.", explanation: "It hurts.", next: repair1}
      - id: n2
        title: "The reason"
        text: "The reason is a holiday."
        ask: "And now?"
        choices:
          - {id: a, text: "Plan around it.", effect: best, trust: 1, clarity: 1,
             consequence: "She smiles.", explanation: "It fits.", next: n3}
          - {id: b, text: "Insist.", effect: harmful, trust: -1, clarity: -1,
             consequence: "She sighs.", explanation: "It cannot.", next: broken}
      - id: n3
        title: "The date"
        text: "A date is near."
        ask: "How do you fix it?"
        choices:
          - {id: a, text: "In writing.", effect: best, trust: 1, clarity: 2,
             consequence: "It stands.", explanation: "Both have it.", next: n4}
          - {id: b, text: "By a nod.", effect: weak, trust: 0, clarity: -1,
             consequence: "It floats.", explanation: "Who heard it?", next: later}
      - id: repair1
        repair: true
        title: "Mending"
        text: "She has put down her pen."
        ask: "What now?"
        choices:
          - {id: a, text: "Apologise.", effect: best, trust: 2, clarity: 1,
             consequence: "She nods.", explanation: "It is owned.", next: n3}
          - {id: b, text: "Move on.", effect: harmful, trust: -2, clarity: 0,
             consequence: "She leaves.", explanation: "It stays.", next: broken}
      - id: n4
        title: "The end"
        text: "The minutes lie there."
        ask: "Do you sign?"
        choices:
          - {id: a, text: "Read and sign.", effect: best, trust: 1, clarity: 1,
             consequence: "It is done.", explanation: "Clear to all.", next: agreed}
          - {id: b, text: "Sign unread.", effect: weak, trust: 1, clarity: 0,
             consequence: "It is done too.", explanation: "Luck.", next: agreed}
    endings:
      - {id: agreed, outcome: agreement, title: "A date", text: "There is a date."}
      - {id: later, outcome: postponed, title: "No date yet", text: "There will be one."}
      - {id: broken, outcome: damaged, title: "No call", text: "Nobody calls."}
    sources: [guide]
""",
}


def write_sample(root: Path) -> None:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace what stands once in a file of the sample."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(root: Path, name: str, words: str) -> int:
    """The line on which these words stand once in a file."""
    found = [
        number
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1)
        if words in line
    ]
    assert len(found) == 1, f"{words!r} stands on the lines {found} of {name}"
    return found[0]
