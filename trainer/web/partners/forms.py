"""The forms of a partner file. Each knows the draft that it is filled from and that it makes."""

from uuid import UUID

from wtforms import BooleanField, EmailField, RadioField, SelectField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from trainer.domain.calendar import zones
from trainer.domain.content import CefrLevel
from trainer.domain.parties import Party
from trainer.domain.partners import (
    CompanyDraft,
    ConsentBasis,
    LanguageDraft,
    NameOrder,
    NewsDraft,
    PersonDraft,
    Promise,
    PromiseDraft,
    PromiseState,
    QuestionDraft,
    ResearchDraft,
    ResearchItem,
)
from trainer.partners import phone_of
from trainer.web.partners.fields import (
    ADDRESS,
    EMAIL,
    Choices,
    FileForm,
    chosen,
    day,
    fill_plainly,
    id_in,
    long,
    offer_kept,
    offered,
    said_in,
    short,
)
from trainer.web.partners.words import BASES, NAME_ORDERS, PARTIES, STATE_OWNED, gone
from trainer.web.places import all_languages, countries, languages_of, zones_of

STATES = {None: "unknown", True: "yes", False: "no"}
SPOKEN = 3
"""How many languages the form of a person asks for."""


class CompanyForm(FileForm):
    legal_name = short("Legal name")
    native_name = short("Legal name in its own script")
    country = chosen("Country")
    language = chosen("Language that we are most likely to meet")
    parent_group = short("Owners or group")
    products = long("Products")
    size = short("Size")
    website = URLField("Website", [Optional(), Length(max=300), ADDRESS], default="")
    shared_customers = long("Customers in common")
    certificates = long("Certificates")
    in_common = long("One thing that we have in common")
    is_state_owned = RadioField(
        "Is it state-owned?",
        choices=[SelectChoice(STATES[each], words) for each, words in STATE_OWNED.items()],
        default=STATES[None],
    )
    gift_rules = long("Rules for gifts")
    meal_rules = long("Rules for meals and invitations")
    course_id = chosen("Culture pack")
    people_differ = long("People differ here")

    def offer(self, courses: Choices, language: str) -> "CompanyForm":
        """`language` is the one that is kept: it stays on offer."""
        names = {**languages_of(), language: all_languages().get(language, language)}
        self.country.choices = offered(countries())
        self.language.choices = offered(names)
        self.course_id.choices = offered(courses, "None")
        return self

    def fill(self, company: CompanyDraft) -> "CompanyForm":
        fill_plainly(self, company)
        self.is_state_owned.data = STATES[company.is_state_owned]
        return self

    def draft(self) -> CompanyDraft:
        owned = {words: each for each, words in STATES.items()}
        return CompanyDraft(**{**said_in(self), "is_state_owned": owned[self.is_state_owned.data]})


class PersonForm(FileForm):
    name = short("Name in Latin letters", DataRequired("Write the name."))
    native_name = short("Name in their own script")
    reading = short("How it is said")
    name_order = RadioField("Order of their names", choices=offered(NAME_ORDERS), default=NameOrder.GIVEN_FIRST.value)
    address_as = short("How to address them")
    title = short("Title", most=80)
    role = short("Role")
    interface = short("Answers for", most=60)
    phone = short("Phone", most=40)
    email = EmailField("E-mail address", [Optional(), Length(max=254), EMAIL], default="")
    language_1, level_1 = chosen("First language that they speak with us"), chosen("How well")
    language_2, level_2 = chosen("Second language"), chosen("How well")
    language_3, level_3 = chosen("Third language"), chosen("How well")
    wants_interpreter = BooleanField("They want an interpreter")
    zone = chosen("Time zone")
    hours = short("Usual hours", most=80)
    away_from = day("Away from")
    away_until = day("Away until")
    notes = long("Notes on contact")
    purpose = short("What we keep this for", DataRequired("Say what you keep this for."), most=300)
    consent_basis = RadioField(
        "Why we may keep it",
        choices=offered(BASES),
        default=ConsentBasis.INTEREST.value,
        validators=[InputRequired("Choose why we may keep it.")],
    )
    consented_on = day("They agreed on")
    keep_until = day("Keep until", InputRequired("Choose the last day on which it is needed."))

    def offer(self, country: str) -> "PersonForm":
        self.country = country
        for language, level in self.spoken():
            language.choices = offered(all_languages(), "None")
            level.choices = offered({each: each for each in CefrLevel}, "Not known")
        nearby = dict.fromkeys((*zones_of(country), *zones()))
        self.zone.choices = offered({zone: zone.replace("_", " ") for zone in nearby}, "Not known")
        return self

    def spoken(self) -> list[tuple[SelectField, SelectField]]:
        return [(self[f"language_{number}"], self[f"level_{number}"]) for number in range(1, SPOKEN + 1)]

    def fill(self, person: PersonDraft) -> "PersonForm":
        fill_plainly(self, person)
        for (language, level), (tag, known) in zip(self.spoken(), person.languages, strict=False):
            language.data, level.data = tag, known
        return self

    def draft(self) -> PersonDraft:
        said = said_in(self)
        spoken = [(language.data, level.data) for language, level in self.spoken() if language.data]
        plain = {name: value for name, value in said.items() if name in PersonDraft.__dataclass_fields__}
        return PersonDraft(
            **{
                **plain,
                "languages": tuple(spoken),
                "name_order": NameOrder(said["name_order"]),
                "consent_basis": ConsentBasis(said["consent_basis"]),
                "phone": phone_of(said["phone"], self.country),
            }
        )


class LanguageForm(FileForm):
    language = chosen("Language", DataRequired("Choose a language."))
    used_for = short("What it is used for", most=300)
    not_instead = chosen("Never in its place")
    reason = long("Why", most=500)

    def offer(self) -> "LanguageForm":
        self.language.choices = offered(all_languages(), "Choose a language")
        self.not_instead.choices = offered(all_languages(), "None")
        return self

    def fill(self, entry: LanguageDraft) -> "LanguageForm":
        return fill_plainly(self, entry)

    def draft(self) -> LanguageDraft:
        return LanguageDraft(**said_in(self))


class NewsForm(FileForm):
    words = long("What is new?", DataRequired("Write what is new."))
    told_on = day("When it was told", InputRequired("Choose the day on which it was told."))
    source = short("Source", DataRequired("Say who told it: news without a source is hearsay."))
    address = URLField("Link", [Optional(), Length(max=500), ADDRESS], default="")

    def fill(self, entry: NewsDraft) -> "NewsForm":
        return fill_plainly(self, entry)

    def draft(self) -> NewsDraft:
        return NewsDraft(**said_in(self))


class PromiseForm(FileForm):
    party = RadioField(
        "Whose promise?", choices=offered(PARTIES), validators=[InputRequired("Say which side promised it.")]
    )
    words = long("What is promised?", DataRequired("Write what is promised."))
    owner_id = chosen("If we promised: who of us answers for it")
    person_id = chosen("If they promised: who of them answers for it")
    due_on = day("Due on")
    engagement_id = chosen("Made in")

    def offer(self, members: Choices, people: Choices, engagements: Choices) -> "PromiseForm":
        self.owner_id.choices = offered(members, "Nobody yet")
        self.person_id.choices = offered(people, "Nobody named")
        self.engagement_id.choices = offered(engagements, "No meeting of ours")
        return self

    def also_offer(self, entry: Promise) -> None:
        offer_kept(self.owner_id, entry.owner_id, gone(entry.owner))
        offer_kept(self.engagement_id, entry.engagement_id, f"{entry.engagement} (cancelled)")

    def fill(self, entry: Promise) -> "PromiseForm":
        fill_plainly(self, entry)
        for name in ("owner_id", "person_id", "engagement_id"):
            self[name].data = str(getattr(entry, name) or "")
        return self

    @property
    def engagement(self) -> UUID | None:
        return id_in(self.engagement_id)

    def draft(self) -> PromiseDraft:
        return PromiseDraft(
            Party(self.party.data), self.words.data, id_in(self.owner_id), id_in(self.person_id), self.due_on.data
        )


class ClosingForm(FileForm):
    state = RadioField(
        "How did it end?",
        choices=[
            SelectChoice(PromiseState.KEPT.value, "It was kept"),
            SelectChoice(PromiseState.BROKEN.value, "It was broken"),
            SelectChoice(PromiseState.OPEN.value, "It is still open"),
        ],
        validators=[InputRequired("Say how it ended.")],
    )
    note = long("What happened")


class QuestionForm(FileForm):
    words = long("Question", DataRequired("Write the question."), most=500)
    answer = long("Answer")

    def fill(self, entry: QuestionDraft) -> "QuestionForm":
        return fill_plainly(self, entry)

    def draft(self) -> QuestionDraft:
        return QuestionDraft(**said_in(self))


class ResearchForm(FileForm):
    words = short("What is to be found out?", DataRequired("Write what is to be found out."), most=300)
    owner_id = chosen("Who finds it out")
    due_on = day("Until")
    finding = long("What was found out, and where")
    done_on = day("Done on")

    def offer(self, members: Choices) -> "ResearchForm":
        self.owner_id.choices = offered(members, "Nobody yet")
        return self

    def also_offer(self, entry: ResearchItem) -> None:
        offer_kept(self.owner_id, entry.owner_id, gone(entry.owner))

    def fill(self, entry: ResearchItem) -> "ResearchForm":
        fill_plainly(self, entry)
        self.owner_id.data = str(entry.owner_id or "")
        return self

    def draft(self) -> ResearchDraft:
        return ResearchDraft(**{**said_in(self), "owner_id": id_in(self.owner_id)})
