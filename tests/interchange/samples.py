"""Small files of each format that hold something of everything, for tests and for the fuzzer."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

GIFT = """\
// [id:q1] [tag:first]
$CATEGORY: $course$/top/Sales/Prices

// [id:q1] [tag:first] [tag:t\\]wo]
::Name::[html]<p>Who is <b>buried</b> &amp; where?</p>{
\t=no one#[markdown]*Right*
\t~%50%Grant#Half \\{right\\}
\t~Jefferson
\t####All of it
}

Grant is {~buried =entombed ~living} in Grant's tomb.

Typed {=Tokyo =%50%Edo#old =%0%*#no}

True{FALSE#wrong#right####general}

Number {#=1822:2#yes =%50%3.1..3.2 ~#else}

Pairs {=Canada -> Ottawa =Italy -> Rome = -> Paris}

Essay {}

Only a text \\n with \\\\ and \\: signs.
"""

AIKEN = """\
What is the capital of Japan?
A) Kyoto
B) Tokyo
C. Osaka
ANSWER: B

Is a lamp on?
A) Yes
B) No
ANSWER: A
"""

MOODLE_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Sales/Prices</text></category></question>
<question type="multichoice">
  <name><text>Tomb</text></name>
  <questiontext format="html"><text><![CDATA[<p>Who is <b>buried</b>?</p>]]></text>
    <file name="a.png" path="/" encoding="base64">AAAA</file></questiontext>
  <generalfeedback format="html"><text>General</text></generalfeedback>
  <defaultgrade>1</defaultgrade><penalty>0.3333333</penalty><idnumber>q1</idnumber>
  <single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>
  <correctfeedback format="html"><text>Well done</text></correctfeedback>
  <answer fraction="100" format="html"><text>No one</text><feedback format="html"><text>Yes</text></feedback></answer>
  <answer fraction="-33.33333" format="plain_text"><text>Grant &lt;i&gt;</text></answer>
  <hint format="html"><text>Think</text></hint>
  <tags><tag><text>history</text></tag></tags>
</question>
<question type="truefalse"><name><text>T</text></name>
  <questiontext format="moodle_auto_format"><text>Hot?</text></questiontext>
  <answer fraction="100"><text>true</text></answer>
  <answer fraction="0"><text>false</text><feedback><text>No</text></feedback></answer>
</question>
<question type="shortanswer"><name><text>S</text></name>
  <questiontext format="markdown"><text>Capital?</text></questiontext>
  <usecase>1</usecase><answer fraction="100"><text>Tokyo</text></answer><answer fraction="0"><text>*</text></answer>
</question>
<question type="numerical"><name><text>N</text></name><questiontext><text>Days?</text></questiontext>
  <answer fraction="100"><text>7</text><tolerance>0.5</tolerance></answer>
  <units><unit><multiplier>1</multiplier><unit_name>d</unit_name></unit></units>
</question>
<question type="matching"><name><text>M</text></name><questiontext><text>Match</text></questiontext>
  <subquestion format="html"><text>Japan</text><answer><text>Tokyo</text></answer></subquestion>
  <subquestion format="html"><text>Italy</text><answer><text>Rome</text></answer></subquestion>
  <subquestion><text></text><answer><text>Paris</text></answer></subquestion>
</question>
<question type="cloze"><name><text>C</text></name><questiontext><text><![CDATA[
  <p>{1:SHORTANSWER:=Tokyo#Yes~%50%Edo} is in {2:MULTICHOICE_V:~France~=Japan#ok} since {:NM:=1868:1~*#no}</p>
  ]]></text></questiontext></question>
<question type="ordering"><name><text>O</text></name><questiontext><text>Order</text></questiontext>
  <answer fraction="2.0"><text>two</text></answer><answer fraction="1.0"><text>one</text></answer>
</question>
<question type="gapselect"><name><text>G</text></name><questiontext><text>A [[2]] b [[1]]</text></questiontext>
  <selectoption><text>x</text><group>1</group></selectoption><selectoption><text>y</text><group>1</group></selectoption>
</question>
<question type="essay"><name><text>E</text></name><questiontext><text>Write</text></questiontext>
  <graderinfo format="html"><text>Look for it</text></graderinfo></question>
<question type="description"><name><text>D</text></name><questiontext><text>Read</text></questiontext></question>
<question type="calculated"><name><text>K</text></name><questiontext><text>{a}+{b}</text></questiontext></question>
</quiz>
"""

QTI_1 = """\
<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="a" title="Sample"><section ident="root_section">
<item ident="i1" title="One"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>question_type</fieldlabel><fieldentry>multiple_choice_question</fieldentry>
</qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;2+3?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="x"><material><mattext>6</mattext></material></response_label>
<response_label ident="y"><material><mattext>5</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE"/></outcomes>
<respcondition continue="Yes"><conditionvar><varequal respident="r">x</varequal></conditionvar>
<displayfeedback linkrefid="x_fb"/></respcondition>
<respcondition continue="No"><conditionvar><varequal respident="r">y</varequal></conditionvar>
<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
<itemfeedback ident="x_fb"><flow_mat><material><mattext>Too many</mattext></material></flow_mat></itemfeedback>
</item>
<item ident="i2" title="Two"><presentation><material><mattext>How many?</mattext></material>
<response_str ident="r" rcardinality="Single"><render_fib fibtype="Decimal"><response_label ident="l"/></render_fib>
</response_str></presentation><resprocessing><respcondition><conditionvar><or><varequal respident="r">3</varequal>
<and><vargte respident="r">2.5</vargte><varlte respident="r">3.5</varlte></and></or></conditionvar>
<setvar>100</setvar></respcondition></resprocessing></item>
<item ident="i3" title="Three"><presentation><material><mattext>Pick even ones</mattext></material>
<response_lid ident="r" rcardinality="Multiple"><render_choice>
<response_label ident="a"><material><mattext>2</mattext></material></response_label>
<response_label ident="b"><material><mattext>3</mattext></material></response_label>
</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><and>
<varequal respident="r">a</varequal><not><varequal respident="r">b</varequal></not></and></conditionvar>
<setvar>100</setvar></respcondition></resprocessing></item>
</section></assessment></questestinterop>
"""

QTI_2 = """\
<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="choice" title="Water" adaptive="false"
  timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
<correctResponse><value>H</value><value>O</value></correctResponse>
<mapping lowerBound="0" upperBound="2" defaultValue="-2"><mapEntry mapKey="H" mappedValue="1"/>
<mapEntry mapKey="O" mappedValue="1"/><mapEntry mapKey="Cl" mappedValue="-1"/></mapping></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>Look.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="0">
<prompt>What is water made of?</prompt><simpleChoice identifier="H">Hydrogen
<feedbackInline outcomeIdentifier="F" identifier="H" showHide="show">Yes</feedbackInline></simpleChoice>
<simpleChoice identifier="O">Oxygen</simpleChoice><simpleChoice identifier="Cl">Chlorine</simpleChoice>
</choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>
<modalFeedback outcomeIdentifier="F" identifier="correct" showHide="show">Good</modalFeedback>
</assessmentItem>
"""

QTI_2_NUMBER = """\
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="n" title="Days">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="float">
<correctResponse><value>7.0</value></correctResponse></responseDeclaration>
<itemBody><p>A week has <textEntryInteraction responseIdentifier="RESPONSE"/> days.</p></itemBody>
<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5">
<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">
<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>
</assessmentItem>
"""

PHRASES = """\
text,reading,lang,function,meaning,note,register,tags,extra
お世話になっております。,おせわに,ja,email_opening,Thank you,"Opens a mail, a call",formal,mail;call,x
Bonjour Madame.,,fr,greeting_introduction,Good morning,,polite,,
"""

TERMS = """\
term,language,reading,meaning,false friends,note,partner,id,example,extra
cut-off date,en,,the last day for orders,,,,cut-off-date,We missed the cut-off date.,x
締切日,ja,しめきりび,cut-off date,"期限: any time limit | 納期: the day of delivery","'=written as text",Kobe Seiki,,,
date butoir,fr,,cut-off date,échéance; terme,,,,"La date butoir, c’est lundi.",
"""

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
<resource identifier="a" type="imsqti_item_xmlv2p1" href="items/a.xml"><file href="items/a.xml"/></resource>
<resource identifier="b" type="imsqti_item_xmlv2p1" href="items/b.xml"><file href="items/b.xml"/></resource>
</resources></manifest>
"""


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def package() -> bytes:
    return zipped({"imsmanifest.xml": MANIFEST, "items/a.xml": QTI_2, "items/b.xml": QTI_2_NUMBER})
