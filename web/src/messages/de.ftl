## Überall

close = Schließen
cancel = Abbrechen
back = Zurück
undo = Rückgängig
rename = Umbenennen
copied = Kopiert.
copy-denied = Der Browser hat das Kopieren nicht erlaubt. Markiere den Text und kopiere ihn selbst.
more-choices = Mehr Auswahl
navigation = Teile der App
chats = Chats
identity = Identität
keys = Tasten
about = Über
relays = Relays
storage = Speicher
lock = Sperre
password = Passwort
you = Du:
you-alone = Du
starting = Startet …
another-identity = Andere Identität benutzen
file-choose = Wähle eine Datei oder lege sie hier ab
file-another = Andere wählen

## Bevor eine Identität offen ist

home-what = Private Chats ohne Anmeldung. Deine Identität liegt verschlüsselt auf deinem eigenen Gerät, und niemand sonst hat sie.
home-how = Lege eine Identität an, gib jemandem ein Secret, und schreibt euch. Die Relays dazwischen sehen weder Worte noch Namen.
create-identity = Identität anlegen
create-another = Noch eine Identität anlegen
import-identity = Identität importieren
install-app = App installieren
link-waits-create = Du hast jemandes Secret geöffnet. Lege eine Identität an oder importiere deine, dann beginnt der Chat.
link-waits-unlock = Du hast jemandes Secret geöffnet. Entsperre deine Identität, dann beginnt der Chat.
storage-nothing-kept = Dieses Fenster behält nichts. Deine Identität ist weg, wenn du es schließt, außer du exportierst sie vorher.
storage-not-promised = Dieser Browser hat nicht versprochen, deine Identität zu behalten: Er darf sie löschen, wenn der Platz ausgeht. Exportiere ab und zu ein Backup.
storage-promised = Der Browser verspricht, deine Identität zu behalten, bis du sie löschst.
storage-used = { $used } MB von { $quota } MB sind belegt.
keep-title = Deine Identität behalten
keep-what = Dieser Browser hat nicht versprochen, deine Identität zu behalten.
keep-ask = Darum bitten
keep-given = Der Browser verspricht, deine Identität zu behalten.
keep-refused = Der Browser hat es nicht versprochen. Deine Identität bleibt hier, bis ihm der Platz ausgeht; mit einem Backup bist du sicher.

create-name = Dein Name
create-name-hint = Die Leute, mit denen du schreibst, sehen ihn. Es muss nicht dein richtiger sein, und du kannst ihn ändern.
create-name-missing = Gib einen Namen an, irgendeinen.
create-password = Passwort
create-password-why = Dein Passwort ist der einzige Schlüssel zu dieser Identität. Dahinter steht kein Konto, also kann es niemand zurücksetzen. Schreib es auf, wenn du es vergessen könntest.
create-relay = Relay
create-relay-hint = Leer: das Relay dieser Seite. Ein Relay behält deine verschlüsselten Nachrichten, bis sie abgeholt werden.
create-memory = In diesem Browser nichts behalten
create-memory-hint = Die Identität ist weg, wenn du das Fenster schließt. Gut auf einem fremden Computer.
creating = Deine Schlüssel entstehen …

password-show = Passwort zeigen
password-hide = Passwort verbergen
password-short = Nimm mindestens { $least } Zeichen.
password-strength = Stärke des Passworts
password-advice = Mehrere Wörter, die niemand zusammen erraten würde, sind ein gutes Passwort.
password-level = { $level ->
    [0] Sofort erraten.
    [1] Leicht zu erraten.
    [2] Mittel. Ein Wort mehr macht es besser.
    [3] Gut.
   *[4] Stark.
  }
password-draw = Wörter vorschlagen
password-drawn = Sechs Wörter, vom Zufall gezogen. Schreib sie auf, bevor du weitergehst.
password-old = Bisheriges Passwort
password-new = Neues Passwort
password-change-hint = Backups, die du vorher exportiert hast, behalten ihr Passwort.
password-changing = Das Passwort wird geändert …
password-changed = Das Passwort ist geändert.
change-password = Passwort ändern

import-what = Eine exportierte Identität ist eine Datei, die auf .s2 endet. Dieser Browser wird ein neues Gerät von ihr.
import-file = Deine .s2-Datei
import-file-missing = Wähle zuerst die Datei.
import-file-password = Passwort der Datei
import-file-password-missing = Gib das Passwort ein, mit dem die Datei exportiert wurde.
import-same-password = In diesem Browser dasselbe Passwort benutzen
import-new-password = Neues Passwort für diesen Browser
import-then = Deine Chats kommen einer nach dem anderen zurück, sobald die Geräte der anderen antworten. Alte Nachrichten sind sofort da.
importing = Die Datei wird geöffnet …
returning = { $back } von { $all } Chats sind zurück.
returning-hint = Die anderen kommen zurück, sobald die Geräte der anderen antworten. Du brauchst nicht zu warten.

unlock-who = Wer bist du?
unlock = Entsperren
unlocking = Wird entsperrt …
unlock-pause = Das war ein paarmal falsch. Du kannst es in { $seconds ->
    [one] einer Sekunde
   *[other] { $seconds } Sekunden
  } wieder versuchen.
identity-since = Seit { $date }
remove-copy = Diese Kopie entfernen
remove-copy-what = Diese Kopie ist auf ein anderes Gerät umgezogen. Entfernen löscht, was hier noch davon liegt; das andere Gerät behält alles.
password-forgotten = Passwort vergessen?
password-forgotten-what = Niemand kann es zurücksetzen. Wenn du eine Sicherungsdatei hast und ihr Passwort kennst, importiere sie. Löschen entfernt { $name } samt Chats und Schlüsseln endgültig aus diesem Browser.
delete-here = Aus diesem Browser löschen
identity-retired = Auf ein anderes Gerät umgezogen; diese Kopie ist stillgelegt

failed-title = Secrets kann hier nicht starten
failed-what = Der Teil, der verschlüsselt, ist in diesem Browser nicht gestartet.
failed-kept = Nichts ging verloren, und nichts wurde gesendet.
failed-reload = Lade die Seite neu: Vielleicht kam eine Datei nicht an.
failed-wasm = Manche Browser können WebAssembly abschalten, etwa der Tor Browser in den Stufen „Sicherer“ und „Am sichersten“. Secrets braucht es.
failed-browser = Sonst nimm einen aktuellen Browser oder das Konsolenprogramm: Es kann dasselbe.
failed-again = Noch einmal versuchen

## Die Liste der Chats

new-chat = Neuer Chat
enter-secret = Teilnehmer hinzufügen
search = Chats suchen
search-nothing = Kein Chat mit diesem Namen.
chats-choose = Wähle einen Chat.
chat-empty = Noch nichts gesagt.
muted = Stumm
draft = Entwurf:
unread-count = { $count ->
    [one] eine ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
  }
empty-title = So geht es
empty-make = Lege einen Chat an. Er gibt dir ein Secret: einen QR-Code, einen Link, eine Zeile Text.
empty-hand = Gib das Secret einer Person, am besten von Bildschirm zu Kamera. Oder gib das Secret ein, das du bekommen hast.
empty-talk = Schreibt euch. Nur ihr beide könnt es lesen.
toast-deleted = Der Chat ist gelöscht.

stage-waiting-for-guest = Wartet auf die andere Seite
stage-joining = Beitritt läuft
stage-joined = Beigetreten, noch nicht bestätigt
stage-open = Offen
stage-secret-failed = Das Secret gilt nicht mehr
stage-returning = Kommt aus einer Kopie zurück
stage-needs-new-secret = Braucht ein neues Secret
stage-stopped = Angehalten: eine andere Kopie ist in Gebrauch
stage-left = Du bist gegangen
stage-retired = Kann gelesen werden; diese Identität ist umgezogen

## Ein neuer Chat, und einem beitreten

new-chat-name = Name des Chats
new-chat-hint = Nur du siehst ihn: mit wem er ist, oder worum es geht.
new-chat-missing = Gib dem Chat einen Namen.
new-chat-make = Sein Secret anlegen
new-chat-making = Das Secret entsteht …

secret = Secret
secret-placeholder = Ein Link, oder eine Zeile, die mit secret1 beginnt
secret-missing = Füge das Secret ein oder scanne es.
scan = Scannen
scan-hint = Halte den QR-Code vor die Kamera. Das Bild bleibt in dieser Seite.
from-picture = Aus einem Bild
join-what = Gib das Secret ein, das dir jemand für einen Chat gegeben hat.
join-into = Gib das eigene Secret der anderen Person für diesen Chat ein. Sind beide Secrets ausgetauscht, kann niemand sonst darin sein.
join-link = Du hast dieses Secret als Link geöffnet.
join-name = Wie nennst du sie oder ihn?
join-name-hint = Nur du siehst es.
join-name-missing = Gib einen Namen an.
join-direct = Ich habe es direkt von der Person
join-direct-hint = Von ihrem Bildschirm gescannt oder von ihr selbst gesagt. Lass es leer, wenn es per E-Mail oder über ein anderes Programm kam.
join-start = Chat beginnen
join-add = Hinzufügen
joining = Die andere Seite wird gesucht …
other-relay-title = Ein anderes Relay
other-relay-text = Dieser Chat liegt bei einem Relay, das du nicht gewählt hast. Wenn du weitergehst, sieht dieses Relay deine Netzwerkadresse. Lesen kann es nichts.
other-relay-yes = Damit verbinden

your-secret = Dein Secret für diesen Chat
secret-qr = QR-Code deines Secrets für diesen Chat
secret-not-yet = Es gilt, sobald dein Relay es hat. Das ist gleich so weit, oder sobald du online bist.
secret-as-text = Als Text
copy-text = Text kopieren
copy-link = Link kopieren
share = Teilen
by-mail = E-Mail
mail-subject = Ein privater Chat
mail-body = Öffne diesen Link, um unseren privaten Chat zu beginnen. Er gilt einmal.
secret-good-until = Gilt bis { $time }, für eine Person.
secret-who = Wer es zuerst benutzt, ist im Chat. Wer es nur liest, kann nicht lesen, was ihr schreibt.
secret-renew = Secret erneuern
secret-renew-text = Das alte Secret gilt dann nicht mehr. Gib das neue weiter.
show-secret = Secret zeigen
secret-also = Wenn die andere Seite auch dein Secret eingibt, und du ihres, weiß jeder, wer der andere ist.

## Ein Chat

messages = Nachrichten
chat-settings = Einstellungen des Chats
chat-hand-over = Gib dieses Secret einer Person. Der Chat beginnt, wenn sie es benutzt.
chat-exchange = Hat die Person auch ein Secret für dich? Sind beide ausgetauscht, weiß jeder, wer der andere ist.
enter-theirs = Ihr Secret eingeben
enter-theirs-why = Hat die andere Seite auch ein Secret für diesen Chat, gib es ein. Beide Secrets, direkt erhalten, bestätigen den Chat.
write = Nachricht schreiben
send = Senden
today = Heute
yesterday = Gestern
unread-line = Neu
to-newest = Zur neuesten
copy-message = Diese Nachricht kopieren
message-unknown = Eine Nachricht von einer Art, die diese Version nicht zeigen kann. Sie bleibt erhalten.
message-too-long = { $over ->
    [one] Ein Byte
   *[other] { $over } Byte
  } zu lang. Eine Nachricht hat höchstens 65.536 Byte; sende sie in Teilen.
message-label = { $who }, { $time }
message-label-own = { $who }, { $time }, { $state }
announce = { $who }: { $text }
state-keeping = wird aufbewahrt
state-waiting = wartet
state-sent = gesendet
state-received = angekommen
waiting-offline = Wartet. Sie liegt hier und geht von selbst hinaus, wenn ein Relay erreichbar ist.
waiting-guest = Wartet. Sie geht von selbst hinaus, wenn die andere Seite da ist.

stage-note-waiting = Noch hat niemand dein Secret benutzt. Was du schreibst, bleibt hier und geht als Erstes hinaus.
stage-note-joining = Dein Relay oder das der anderen Seite ist nicht erreichbar. Der Chat geht von selbst weiter.
stage-note-joined = Du bist beigetreten. Was du schreibst, kommt an, sobald die andere Seite online ist.
stage-note-returning = Dieser Chat kommt zurück, sobald das Gerät der anderen Seite antwortet. Was du schreibst, bleibt hier.
stage-note-left = Du hast diesen Chat verlassen. Was gesagt wurde, bleibt lesbar.
stage-note-secret-failed = Dieses Secret gilt nicht mehr. Wenn du es nicht benutzt hast, sag der Person, die es dir gab, dass es vielleicht jemand anders getan hat.
stage-note-needs-new-secret = Dieser Chat kam aus einer Kopie und findet nicht von selbst zurück. Bitte um ein neues Secret.
several-hands = Das Secret dieses Chats ist in mehr als einer Hand. Vergleiche die Sicherheitsnummer, bevor du etwas Wichtiges schreibst.
several-hands-why = Mehr als eine Person hat auf das Secret dieses Chats geantwortet. Nur der Vergleich der Sicherheitsnummer kann sagen, wer da ist.
compare-number = Nummer vergleichen

notice-they-joined = { $who } ist dabei.
notice-they-returned = { $who } kam aus einer Kopie zurück, auf einem neuen Gerät.
notice-you-returned = Dieses Gerät kam aus einer Kopie zurück.
notice-secret-in-several-hands = Das Secret dieses Chats ist in mehr als einer Hand. Nur der Vergleich der Nummer kann sagen, wer da ist.
notice-secret-answered-before = Jemand hat vor dir mit diesem Secret geantwortet (vielleicht du, auf einem anderen Gerät).
notice-both-secrets-exchanged = Beide Secrets ausgetauscht.
notice-verified = Bestätigt.
notice-they-left = { $who } ist gegangen.
notice-copy-in-use = Eine andere Kopie dieser Identität ist in Gebrauch. Hier wird nichts mehr geschrieben.
notice-their-state-went-back = { $who } macht von einem älteren Stand aus weiter: Vielleicht ist eine Kopie der Identität in Gebrauch. Frag nach.
notice-two-versions = Es gibt zwei Fassungen von etwas, das { $who } geschrieben hat. Beide sind als Beweis aufgehoben.
notice-messages-missing = Einige Nachrichten fehlen und sind nicht mehr zu bekommen.
notice-call-missed = { $who } hat angerufen.
notice-call-not-answered = { $who } ist nicht drangegangen.
notice-call-declined = Der Anruf wurde abgelehnt.
notice-call-busy = { $who } war in einem anderen Anruf.
notice-call-failed = Der Anruf kam nicht zustande.
notice-call-ended = Anruf, { $text }
notice-call-wrong-certificate = Ein Anruf wurde beendet: Jemand stand zwischen euch.

call-voice = Anrufen
call-video = Videoanruf
call-who = { $who } anrufen
call-answer-who = { $who } antworten
call-rings = { $who } ruft an
call-rings-video = { $who } ruft an, mit Video
call-impossible = Dieser Browser kann keine Anrufe.
call-decline = Ablehnen
call-answer = Annehmen
call-answer-voice = Ohne Video annehmen
call-begin = Anrufen
call-take = Annehmen
call-beginning = Einen Moment …
call-microphone = Mikrofon
call-camera = Kamera
call-device-usual = Das übliche Gerät
call-device = Nummer { $number }
call-with-video = Mit Video
call-blur = Unscharf zeigen, was hinter mir ist
call-blur-hint = einmal werden 0,7 MB geladen
call-blur-loading = wird geladen …
call-quiet = Geräusche filtern
call-hears = Dein Mikrofon
call-straight = Direkt verbinden, wenn { $who } das auch wählt. Das klingt vielleicht besser, und { $who } sieht deine Netzadresse.
call-address = { $who } wird deine Netzadresse sehen und daraus ungefähr, wo du bist: Dein Relay hat keinen Server, über den Anrufe gehen können.
call-address-room = Alle im Anruf sehen deine Netzadresse und daraus ungefähr, wo du bist: Das Relay des Raums hat keinen Server, über den Anrufe gehen können.
call-room = Einen Anruf im Raum beginnen
call-room-join = Am Anruf teilnehmen
call-join = Teilnehmen
call-room-on = Im Anruf: { $who }
call-room-full = Sechs Leute sind darin, mehr gehen nicht.
call-ends-room = Wenn du annimmst, verlässt du den Anruf im Raum.
call-in = Anruf in { $who }
call-alone = Noch ist niemand sonst im Anruf.
call-distrusted = Beendet: Jemand war dazwischen.
call-alone-hint = Die anderen im Raum sehen, dass es einen Anruf gibt, und können teilnehmen.
call-small-room = Zurück zum Raum
call-others = Die anderen
call-view-speaker = Groß zeigen, wer spricht
call-view-grid = Alle zeigen
call-words-hint-each = Mit jedem hast du eigene Wörter. Lest sie einander vor: Sehen beide dieselben, steht niemand zwischen euch beiden.
call-with = Anruf mit { $who }
call-yourself = Du selbst
call-their-picture = Das Bild von { $who }
call-calling = Es klingelt …
call-connecting = Verbinde …
call-again = Verbindung verloren. Verbinde wieder …
call-elsewhere = in einem anderen Tab
call-small = Zurück zum Chat
call-controls = Anruf
call-mute = Mikrofon aus
call-unmute = Mikrofon an
call-unmute-hint = Mikrofon an. Oder die Leertaste halten, während du sprichst.
call-camera-on = Kamera an
call-camera-off = Kamera aus
call-camera-next = Andere Kamera
call-blur-on = Unscharf zeigen, was hinter mir ist
call-blur-off = Zeigen, was hinter mir ist
call-blur-preparing = Was unscharf macht, wird geladen. Bis dahin sieht dich niemand.
call-screen-on = Bildschirm zeigen
call-screen-off = Bildschirm nicht mehr zeigen
call-float = In einem eigenen Fenster
call-end = Auflegen
call-they-muted = { $who } hat das Mikrofon aus
call-you-muted = Dein Mikrofon ist aus
call-words = Wörter zum Vergleichen
call-words-hint = Lest sie laut vor. Sieht { $who } dieselben Wörter, ist niemand zwischen euch.
call-quality-unknown = Verbindung: noch nicht bekannt
call-quality-good = Verbindung: gut
call-quality-fair = Verbindung: mäßig
call-quality-poor = Verbindung: schlecht
notification-call = Jemand ruft an
error-microphone-denied = Der Browser lässt diese Seite das Mikrofon nicht benutzen. Erlaube es in den Einstellungen des Browsers für diese Seite.
error-microphone-gone = Dein Mikrofon ist weg: Niemand hört dich. Steck es wieder ein oder erlaube es wieder und schalte dann das Mikrofon ein.
error-camera-denied-call = Es gibt keine Kamera: Erlaube sie in den Einstellungen des Browsers für diese Seite, oder mach ohne sie weiter.
error-blur = Was deinen Hintergrund unscharf macht, konnte nicht geladen werden oder ist ausgefallen. Deshalb ist die Kamera aus: Von deinem Hintergrund war nichts zu sehen. Versuche es noch einmal, oder mach ohne Video oder ohne Unschärfe weiter.
error-screen-denied = Der Browser lässt diese Seite deinen Bildschirm nicht zeigen.

trust-not-verified = Nicht bestätigt
trust-both-secrets-exchanged = Beide Secrets ausgetauscht
trust-verified = Bestätigt

participants = Teilnehmer
nobody-yet = Noch niemand
calls-itself = Nennt sich
safety-number = Sicherheitsnummer
safety-what = Vergleiche diese Nummer mit { $who }, am Telefon oder nebeneinander. Ist sie auf beiden Seiten gleich, ist niemand zwischen euch.
safety-done = Du hast diese Nummer verglichen, oder ihr habt beide Secrets direkt ausgetauscht. Sie bleibt gleich, solange sich auf keiner Seite Schlüssel ändern.
safety-pattern = Das Muster entsteht aus denselben Schlüsseln: { $who } sieht das gleiche.
safety-theirs = Nummer der anderen Seite
safety-theirs-hint = Wenn du magst, tippe oder füge ein, was { $who } sieht; dann wird es für dich verglichen.
they-match = Sie stimmen überein
compare = Vergleichen
comparing = Wird verglichen …
chat-name = Name
chat-name-hint = Nur du siehst ihn.
quiet = Benachrichtigungen
mute = Stumm schalten
mute-hint = Keine Benachrichtigung und keine Zahl für diesen Chat; Nachrichten kommen wie zuvor, und niemand erfährt davon.
ways-out = Auswege
leave = Chat verlassen
leave-hint = Verlassen sagt der anderen Seite Lebewohl und beendet den Chat für beide; was gesagt wurde, bleibt hier lesbar.
leaving = Wird verlassen …
delete-chat = Chat löschen
delete-hint = Löschen entfernt den Chat und seine Nachrichten von diesem Gerät; die andere Seite behält ihre.
chat-since = Dieser Chat begann am { $date }.

## Räume

rooms = Räume
rooms-what = Ein Raum ist ein Gespräch für alle, die seinen Code haben. Niemand braucht eine Identität, und wenn sein Besitzer geht, ist er weg, mit allem darin.
open-room = Raum öffnen
enter-room = Raum betreten
room = Raum
room-somebody = Jemand
room-file = Datei
room-name = Dein Name im Raum
room-name-hint = Alle im Raum sehen ihn. Ändere ihn, wie du magst.
room-names-first = Abend, Bach, Berg, Birken, Blumen, Feld, Frühlings, Garten, Gold, Heide, Herbst, Himmels, Insel, Kiefern, Küsten, Licht, Mond, Moos, Morgen, Nebel, Nord, Schnee, See, Silber, Sommer, Sonnen, Sternen, Tal, Ufer, Wald, Wiesen, Wind
room-names-second = amsel, biber, dachs, delfin, drossel, eule, falke, fink, fuchs, hase, hirsch, igel, kranich, lerche, luchs, marder, meise, möwe, otter, pinguin, rabe, reh, robbe, schwalbe, schwan, spatz, specht, star, storch, wiesel, zaunkönig, zeisig
room-label = Bezeichnung
room-label-hint = Nur du siehst sie, um diesen Raum zu erkennen. Sie verlässt dieses Gerät nicht.
room-opening = Ein Code wird gezogen und der Raum geöffnet…
room-entering = Der Raum wird gesucht…
room-who-sees = Das Relay sieht deine Netzadresse und wie viele im Raum sind. Was gesagt wird, kann es nicht lesen.
room-elsewhere = Dieser Raum liegt bei { $relay }. Jenes Relay sieht deine Netzadresse; was gesagt wird, kann es nicht lesen.
room-here-count = { $count ->
    [one] nur du bist hier
   *[other] { $count } sind hier
  }
room-details = Leute und der Code
room-code = Code des Raums
room-code-say = Sag ihn nur Leuten, die du hier haben willst. Wer ihn kennt, kann hereinkommen und von da an mitlesen.
room-code-locked = Der Raum ist abgeschlossen: Niemand Neues kommt herein, auch nicht mit dem Code.
room-copy-code = Code kopieren
room-qr = QR-Code des Raums
room-yours = Der Raum gehört dir: Er besteht, bis du gehst. Schließt du diesen Tab, endet er eine Minute später.
room-of-another = Zurzeit ist sonst niemand hier.
enter-room-what = Tippe die acht Wörter, die man dir gesagt hat, füge sie oder einen Link ein, oder scanne den QR-Code.
enter-room-link = Du hast den Link eines Raums geöffnet. Wähle einen Namen, und du bist drin.
room-code-hint = Acht Wörter in beliebiger Schreibweise: Leerzeichen oder Bindestriche, groß oder klein.
room-code-count = { $words ->
    [one] Eins von acht Wörtern
   *[other] { $words } von acht Wörtern
  }
room-code-good = Alle acht Wörter passen zusammen.
room-code-missing = Tippe zuerst den Code.
room-code-typo = Wort { $position }, „{ $typed }“, ist kein Wort eines Codes. Vergleiche es mit dem, was man dir gesagt hat.
room-code-typo-meant = Wort { $position } ist „{ $typed }“. Meinst du „{ $word }“?
room-code-use = „{ $word }“ nehmen
room-code-is-secret = Das ist ein Geheimnis für einen Chat, nicht der Code eines Raums. Es gehört dorthin, wo Teilnehmer hinzugefügt werden.
room-code-is-secret-locked = Das ist ein Geheimnis für einen Chat, nicht der Code eines Raums. Erstelle oder entsperre deine Identität, um es zu benutzen.
secret-is-room = Das ist der Link eines Raums, kein Geheimnis für einen Chat. Er führt in den Raum.
room-coming-back = Du kommst in deinen Raum zurück…
room-not-held = Dieser Browser konnte deinen Platz im Raum beim Neuladen nicht behalten. Betritt den Raum noch einmal mit seinem Code.
room-part-failed = Dieser Teil der Seite ist nicht angekommen. Prüfe deine Verbindung und versuche es noch einmal.
room-connecting = Die Verbindung ist abgerissen. Was du schreibst, wird behalten und geht hinaus, sobald sie wieder da ist.
room-owner-away = Die Verbindung des Besitzers ist abgerissen. Kommt er nicht rechtzeitig zurück, endet der Raum.
room-has-ended = Dieser Raum ist zu Ende
room-ended-closed = Der Besitzer hat diesen Raum beendet.
room-ended-owner-left = Der Besitzer ist gegangen, damit ist der Raum zu Ende.
room-ended-owner-lost = Die Verbindung des Besitzers ist abgerissen und nicht zurückgekommen, damit ist der Raum zu Ende.
room-ended-idle = Einen Tag lang wurde nichts gesagt, damit ist der Raum zu Ende.
room-ended-removed = Der Besitzer hat dich aus diesem Raum entfernt.
room-ended-elsewhere = Du bist jetzt in einem anderen Fenster in diesem Raum.
room-ended-lost = Das Relay war eine Minute lang nicht zu erreichen, oder es hat diesen Raum nicht mehr.
room-ended-left = Du hast diesen Raum verlassen.
room-ended-locked = Du warst länger als eine Minute weg, und dieser Raum ist inzwischen abgeschlossen.
room-ended-what = Was gesagt wurde, steht nur noch auf diesem Bildschirm. Es ist weg, wenn du ihn schließt.
room-close = Schließen
room-save = Gespräch sichern
room-save-hint = Eine Textdatei für dich. Dateien und Bilder sind nicht darin.
room-people = { $count ->
    [one] Eine Person ist hier
   *[other] { $count } Leute sind hier
  }
room-you = du
room-owner = Besitzer
room-away = weg, die Verbindung ist abgerissen
room-remove = Entfernen
room-remove-who = { $who } entfernen?
room-remove-what = { $who } wird aus dem Raum gesetzt, und was von jetzt an gesagt wird, ist mit neuen Schlüsseln verschlossen.
room-remove-lock = Den Raum auch abschließen
room-remove-lock-hint = { $who } kennt den Code noch. In einen Raum, der nicht abgeschlossen ist, könnte man gleich zurückkommen.
room-removing = Wird entfernt…
room-hand-over = Zum Besitzer machen
room-hand-over-who = { $who } zum Besitzer machen?
room-hand-over-what = Dann besteht der Raum, bis { $who } geht. Abschließen, entfernen und weitergeben kannst du dann nicht mehr.
room-handing-over = Der Raum wird übergeben…
room-safety = Sicherheitswörter
room-safety-what = Lest einander diese Wörter vor. Sehen alle dieselben, steht niemand zwischen euch. Sie ändern sich, wenn jemand kommt oder geht.
room-open = Offen für alle mit dem Code
room-locked = Der Raum ist abgeschlossen
room-lock = Raum abschließen
room-unlock = Raum aufschließen
room-lock-what = Schließ ihn ab, und niemand Neues kommt herein. Wer hier ist, bleibt.
room-unlock-what = Niemand Neues kommt herein. Schließ ihn auf, damit alle mit dem Code hereinkönnen.
room-locking = Das Relay erfährt es…
room-rename-hint = Die anderen sehen, dass du ihn geändert hast.
room-leave = Raum verlassen
room-end = Raum beenden
room-leave-what = Du gehst, und was gesagt wurde, ist von diesem Bildschirm weg. Mit dem Code kommst du wieder herein.
room-leave-owner = Der Raum endet für alle, und alles darin wird gelöscht. Soll er weitergehen, mach zuerst jemand anderen zum Besitzer.
room-typing = { $count ->
    [one] { $who } schreibt…
   *[other] { $who } schreiben…
  }
room-too-long = { $over ->
    [one] Ein Byte
   *[other] { $over } Bytes
  } zu lang. In einem Raum hat eine Nachricht höchstens 60.000 Bytes; schick sie in Teilen.
room-attach = Bild oder Datei schicken
room-sending = Die Datei wird geschickt…
room-stop-sending = Diese Datei nicht schicken
room-fetching = Die Datei wird geholt…
room-try-again = Noch einmal
room-reply = Antworten
room-no-reply = Nicht darauf antworten
room-reply-unknown = Eine Nachricht von vor deiner Zeit
room-react = Reagieren
room-react-other = Ein anderes Zeichen
room-react-long = Das ist zu lang für ein Zeichen.
room-reactions = Reaktionen
room-reaction-label = { $sign } von { $who }
room-show-picture = Bild zeigen
room-save-file = Sichern
room-picture-broken = Dieses Bild kann nicht gezeigt werden. Sichern kannst du es trotzdem.
room-file-gone = Diese Datei ist nicht mehr zu holen: Der Raum hat sie losgelassen, oder diese Seite wurde neu geladen. Bitte noch einmal darum.
room-notice-others = { $count } andere
room-notice-joined = { $who } ist da.
room-notice-joined-many = { $who } sind da.
room-notice-left = { $who } ist gegangen.
room-notice-left-many = { $who } sind gegangen.
room-notice-removed = Der Besitzer hat { $who } entfernt.
room-notice-renamed = { $before } heißt jetzt { $who }.
room-notice-renamed-you = Du hast deinen Namen geändert.
room-notice-gap = { $count ->
    [one] Eine Nachricht von { $who } fehlt hier.
   *[other] { $count } Nachrichten von { $who } fehlen hier.
  }
room-notice-withheld = { $who } hat eine Nachricht gesehen, die hier nicht angekommen ist. Vielleicht hält das Relay sie zurück.
room-notice-divided = Das Relay sagt { $who } etwas anderes über diesen Raum als dir. Vergleicht die Sicherheitswörter.
room-notice-locked = Der Besitzer hat den Raum abgeschlossen. Niemand Neues kommt herein.
room-notice-unlocked = Der Besitzer hat den Raum aufgeschlossen. Wer den Code hat, kann herein.
room-notice-owner-changed = { $who } ist jetzt der Besitzer.
room-notice-owner-changed-you = Du bist jetzt der Besitzer. Der Raum besteht, bis du gehst.
room-notice-call-began = { $who } hat einen Anruf begonnen.
room-notice-call-began-you = Du hast einen Anruf begonnen.
room-notice-call-ended = Der Anruf ist vorbei.
room-notice-ended = Der Raum ist zu Ende.

## Die Identität

identity-menu = Deine Identität
identity-and-settings = Identität und Einstellungen
identity-name = Name
identity-name-hint = Leute in neuen Chats sehen ihn.
export-identity = Identität exportieren
export-short = Eine verschlüsselte Datei mit deiner Identität, deinen Chats und Nachrichten: als Backup, oder um auf ein anderes Gerät umzuziehen.
export-what = Die Datei ist mit deinem Passwort verschlüsselt. Sie enthält, wer du bist, deine Chats und deine Nachrichten, und keinen der Schlüssel, die es nie zweimal geben darf.
export-why = Wofür ist sie?
export-backup = Backup
export-backup-what = Diese Kopie macht weiter. Bewahre die Datei nicht auf diesem Gerät auf; beim Importieren entsteht ein neues Gerät, das den Platz von diesem einnimmt.
export-move = Umzug
export-move-what = Diese Kopie wird stillgelegt, bevor du die Datei bekommst, und hört für immer auf. Importiere die Datei auf dem anderen Gerät.
export-retired = Diese Identität ist umgezogen. Ist die Datei unterwegs verloren gegangen, exportiere sie noch einmal; wurde sie schon importiert, mach dort weiter.
export-read-only = Diese Kopie kann nur gelesen werden, darum ist die Datei ein Backup.
export-password = Dein Passwort
export-password-hint = Mit ihm wird die Datei später geöffnet.
exporting = Die Datei wird geschrieben …
export-done-backup = Die Datei ist in deinen Downloads. Sie ist so stark wie dein Passwort.
export-unfinished = { $count ->
    [one] Ein Chat wartet auf die andere Seite. In der Datei braucht er ein neues Geheimnis, außer du wartest, bis der Chat offen ist.
   *[other] { $count } Chats warten auf die andere Seite. In der Datei brauchen sie ein neues Geheimnis, außer du wartest, bis die Chats offen sind.
  }
export-done-move = Die Datei ist in deinen Downloads, und diese Kopie ist stillgelegt. Importiere die Datei auf dem anderen Gerät.
lock-now = Jetzt sperren
lock-draft = Du hast etwas geschrieben, das nicht gesendet ist. Sperren löscht es.
lock-after = Sperren nach
lock-after-hint = Ohne Taste oder Berührung. Was geschrieben und nicht gesendet ist, wird gelöscht.
lock-never = Nie
lock-minutes = { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
  }
looks = Aussehen
theme = Farben
theme-auto = Wie das Gerät
theme-light = Hell
theme-dark = Dunkel
language = Sprache
language-auto = Wie der Browser
notifications = Benachrichtigungen
notify = Neue Nachrichten melden
notify-hint = Solange die App offen ist. Gemeldet wird, dass es etwas Neues gibt, nicht was oder von wem.
notify-denied = Der Browser erlaubt es nicht. Das kannst du in den Einstellungen des Browsers für diese Seite ändern.
notify-absent = Dieser Browser hat hier keine Benachrichtigungen. Auf einem iPhone installiere zuerst die App.
notification-title = Secrets
notification-text = Etwas Neues.
relays-short = Deine verschlüsselten Nachrichten liegen bei einem Relay, bis sie abgeholt werden.
delete-identity = Identität löschen
delete-identity-hint = Löscht die Schlüssel, Chats und Nachrichten auf diesem Gerät. Was du anderen geschickt hast, gehört ihnen.
delete-identity-what = Das löscht deine Identität von diesem Gerät: ihre Schlüssel, Chats und Nachrichten. Ohne exportierte Datei ist sie für immer weg.
delete-identity-type = Tippe { $name }, um es zu bestätigen
deleting = Wird gelöscht …

relays-what = Deine verschlüsselten Nachrichten liegen bei einem Relay, bis sie abgeholt werden. Ein Relay sieht deine Netzwerkadresse und wann du da bist; es kann nicht lesen und weiß nicht, wer mit wem schreibt.
relay-address = Adresse eines Relays
relay-address-hint = Sie enthält den Schlüssel des Relays und sieht so aus: wss://host~shs:KEY
relay-add = Hinzufügen
relay-of-page = Das Relay dieser Seite benutzen
relay-adding = Das Relay wird gefragt …
relay-test = Testen
relay-remove = Entfernen
relay-connected = Verbunden
relay-away = Nicht erreichbar
relay-not-chosen = ein Chat braucht es; du hast es nicht gewählt
relay-reached = Es hat in { $milliseconds } ms geantwortet, mit dem richtigen Schlüssel.
relay-another-key = Es hat etwas geantwortet, das nicht dieses Relay ist: Es hat einen anderen Schlüssel. Nichts wurde dorthin gesendet.
relay-not-reached = Es hat nicht geantwortet. Nichts ist verloren; was du schreibst, bleibt hier.

banner-offline = Dein Relay ist nicht erreichbar. Was du schreibst, bleibt hier und geht von selbst hinaus.
banner-no-relay = Du hast kein Relay. Füge eines hinzu, dann gehen deine Nachrichten hinaus.
banner-memory = Dieses Fenster behält nichts. Exportiere deine Identität, bevor du es schließt.
banner-damaged = Ein Teil von dem, was hier liegt, ist beschädigt, darum kann es nur gelesen werden. Exportiere, was übrig ist, oder geh zu einem Backup zurück.
banner-retired = Diese Identität ist umgezogen, und diese Kopie ist stillgelegt: Sie kann gelesen werden, sonst nichts. Importiere die Datei auf dem anderen Gerät.
banner-copy = Diese Identität ist auf einem anderen Gerät in Gebrauch, darum schreibt diese Kopie nicht mehr. Mach dort weiter. Willst du stattdessen diese Kopie behalten, exportiere sie und importiere die Datei.
banner-copy-more = Diese Kopie exportieren
update-ready = Eine neuere Version ist da.
update-waits = Eine neuere Version ist da. Sie kommt, wenn deine Nachricht gesendet ist.
update-now = Damit neu laden

## Tasten

key-help = Diese Tasten zeigen
key-search = Chats suchen
key-lists = Durch Chats und Nachrichten gehen
key-escape = Schließen, oder einen Schritt nach oben
key-send = Senden
key-line = Eine neue Zeile
key-page = Ältere Nachrichten

## Installieren

install-what = Als eigene App hat Secrets ein eigenes Fenster und ein Symbol, startet ohne Netz, und Browser behalten den Speicher länger.
install-now = Installieren
install-done = Das ist die installierte App.
install-storage = Auf einem iPhone hat die installierte App einen eigenen Speicher. Hast du in diesem Tab eine Identität, exportiere sie zuerst und importiere sie in der App.
install-ios = iPhone und iPad
install-ios-picture = Zeichnung: unten die Teilen-Taste und „Zum Home-Bildschirm“
install-ios-1 = Drücke in Safari die Teilen-Taste.
install-ios-2 = Wähle „Zum Home-Bildschirm“.
install-android = Android
install-android-picture = Zeichnung: das Menü mit drei Punkten und „App installieren“
install-android-1 = Öffne das Menü mit den drei Punkten.
install-android-2 = Wähle „App installieren“ oder „Zum Startbildschirm hinzufügen“.
install-chrome = Chrome
install-chrome-picture = Zeichnung: die Installieren-Taste am Ende der Adresszeile
install-chrome-1 = Drücke die Installieren-Taste am Ende der Adresszeile.
install-chrome-2 = Bestätige mit „Installieren“.
install-edge = Edge
install-edge-picture = Zeichnung: die App-Taste in der Adresszeile
install-edge-1 = Drücke die App-Taste in der Adresszeile: drei Quadrate und ein Plus.
install-edge-2 = Bestätige mit „Installieren“.

## Über

about-version = Version
about-hash = Hash dieses Builds
about-no-hash = Hier nicht bekannt
about-copy = Hash kopieren
about-verify = Jeder kann dieselben Dateien bauen und diesen Hash vergleichen. Eine Seite kann sich nicht selbst beweisen; vergleiche ihn also auf einem anderen Weg als dieser Seite.
about-licence = Lizenz
about-licence-text = Freie Software unter der GNU Affero General Public License, Version 3 oder neuer. Ohne jede Gewährleistung.
about-licences = Was andere davon geschrieben haben, und ihre Lizenzen

## Was schiefging: was war, was erhalten ist, was zu tun ist

error-bad-name = Ein Name hat 1 bis 64 Byte, in einer Zeile, ohne Steuerzeichen. Wähle einen anderen.
error-bad-text = Dieser Text kann nicht gesendet werden: Er ist leer, länger als 65.536 Byte oder enthält Steuerzeichen.
error-unknown-chat = Diesen Chat gibt es hier nicht mehr.
error-ambiguous-chat = Mehr als ein Chat hat diesen Namen.
error-secret-mistyped = Das ist kein ganzes Secret: Ein Zeichen ist falsch oder fehlt, wie wenn ein E-Mail-Programm einen Link abschneidet. Kopiere es noch einmal, vom ersten bis zum letzten Zeichen.
error-secret-of-another-kind = Dieser Code ist für etwas anderes, nicht für einen Chat. Bitte um ein Secret für einen Chat.
error-secret-of-another-version = Dieses Secret stammt von einer anderen Version des Programms. Aktualisiere, oder bitte um ein neues.
error-secret-is-own = Das ist dein eigenes Secret. Gib es der anderen Person; gib hier ihres ein.
error-secret-no-longer-good = Gilt nicht mehr. Wenn du es nicht benutzt hast, sag der Person, die es dir gab, dass es vielleicht jemand anders getan hat.
error-secret-already-entered = Dieses Secret hast du schon eingegeben.
error-chat-is-taken = Dieser Chat hat seinen Teilnehmer schon. Ein Secret ist für eine Person.
error-chat-was-left = Du hast diesen Chat verlassen. Was gesagt wurde, bleibt lesbar.
error-copy-in-use = Eine andere Kopie dieser Identität ist in Gebrauch, darum wird hier nichts mehr geschrieben. Exportiere auf der Kopie, die du behältst, und importiere sie.
error-number-differs = Die Nummern sind verschieden. Vergleiche noch einmal; sind sie dann immer noch verschieden, ist vielleicht jemand zwischen euch.
error-bad-relay-address = Das ist keine Adresse eines Relays. Sie sieht aus wie wss://host~shs:KEY, mit höchstens 119 Zeichen.
error-unknown-relay = Dieses Relay ist nicht in deiner Liste.
error-last-relay = Das ist dein letztes Relay, und deine Chats brauchen eines. Füge zuerst ein anderes hinzu.
error-relay-not-chosen = Dieser Chat liegt bei einem Relay, das du nicht gewählt hast; es würde deine Netzwerkadresse sehen.
error-nobody-there = In diesem Chat ist noch niemand. Gib dein Secret dafür weiter.
error-no-secret = Das Secret dieses Chats wurde benutzt: Ein Secret ist für eine Person. Lege für jemand anders einen neuen Chat an.
error-no-relay = Du hast kein Relay. Füge unter Relays eines hinzu.
error-read-only = Ein Teil von dem, was hier liegt, ist beschädigt; es kann nur gelesen werden. Exportiere, was übrig ist, oder geh zu einem Backup zurück.
error-unknown-room = Diesen Raum gibt es hier nicht.
error-room-code-mistyped = In diesem Code ist ein Tippfehler. Vergleiche ihn Wort für Wort.
error-room-code-of-another-kind = Das ist kein Code eines Raums: der hat acht Wörter oder ist ein Link.
error-room-code-of-another-version = Dieser Code wurde von einer anderen Version des Programms gemacht. Aktualisiere, oder bitte um einen neuen.
error-no-such-room = Es gibt keinen Raum mit diesem Code: er ist zu Ende oder liegt bei einem anderen Relay.
error-room-is-locked = Dieser Raum ist abgeschlossen: Wem er gehört, lässt gerade niemanden hinein.
error-room-is-full = Dieser Raum ist voll.
error-room-removed = Wem dieser Raum gehört, hat dich entfernt.
error-room-busy = Gerade wollen zu viele hinein. Warte eine Minute und versuche es noch einmal.
error-room-ended = Dieser Raum ist zu Ende.
error-not-room-owner = Das kann nur, wem der Raum gehört.
error-unknown-person = Diese Person ist nicht im Raum.
error-unknown-message = Diese Nachricht gibt es im Raum nicht.
room-files-many = Ein Raum hält 32 MB an Dateien. Von diesen gehen die ersten, wenn die letzten kommen: Schick weniger auf einmal.
error-bad-file = Diese Datei lässt sich nicht senden: sie ist leer oder länger als 16 MiB.
error-file-gone = Diese Datei ist nicht mehr da.
error-relay-not-reached = Das Relay ist nicht zu erreichen. Versuche es noch einmal.
error-bad-room-state = Dein Platz in diesem Raum lässt sich nicht wieder einnehmen. Betritt ihn mit dem Code.
error-no-rooms = Dieses Relay hat keine Räume.
error-file-stopped = Die Datei wurde unterwegs angehalten.
error-not-in-call = Es gibt keinen Anruf mehr.
error-in-another-call = Du bist schon in einem Anruf. Beende ihn zuerst.
error-call-is-full = Sechs Leute sind im Anruf, mehr gehen nicht. Warte, bis jemand geht.
error-wrong-certificate-of = Jemand steht zwischen dir und { $who }, deshalb wurde die Verbindung zu dieser Person beendet: Ihr hört und seht einander in diesem Anruf nicht. Sag es den anderen.
error-wrong-certificate = Jemand steht zwischen euch, darum wurde der Anruf beendet. Es war nichts zu hören und zu sehen. Sprecht auf einem anderen Weg darüber, bevor ihr wieder anruft.
error-store-not-found = Diese Identität ist nicht mehr in diesem Browser. Wenn der Browser sie gelöscht hat, importiere dein Backup.
error-store-already-exists = Hier ist schon eine Identität.
error-store-in-use = Ein anderes Programm hat diese Identität offen. Schließe sie dort zuerst.
error-store-wrong-key = Dieser Schlüssel öffnet diese Identität nicht.
error-store-not-erased = Es ist entfernt, aber die alten Dateien ließen sich noch nicht löschen. Das geschieht, wenn diese Identität das nächste Mal geöffnet wird.
error-store-wrong-password = Das ist nicht das Passwort.
error-store-damaged = Etwas, das hier liegt, ist beschädigt. Nichts wurde überschrieben. Importiere dein Backup.
error-store-retired = Diese Identität ist umgezogen; diese Kopie ist stillgelegt. Benutze die andere.
error-store-newer-version = Das hat eine spätere Version des Programms geschrieben. Lade die Seite neu, oder aktualisiere zuerst.
error-store-read-only = Ein Teil von dem, was hier liegt, ist beschädigt; es kann nur gelesen werden. Exportiere, was übrig ist, oder geh zu einem Backup zurück.
error-store-write-failed = Der Browser hat sich geweigert, das zu behalten: Vielleicht ist sein Platz aufgebraucht. Von diesem Schritt ist nichts erhalten, sonst ging nichts verloren. Schaffe Platz, und versuch es wieder.
error-store-rolled-back = Ein Teil von dem, was hier liegt, wurde durch eine ältere Kopie ersetzt. Sie wird nicht benutzt, weil das nicht sicher wäre: Importiere deine exportierte Datei.
error-store-cost-refused = Der Schutz des Passworts in dieser Datei ist geringer oder höher, als angenommen wird.
error-store-no-backup-root = Diese Datei hat keinen Backup-Schlüssel, darum kann aus ihr kein neues Gerät werden.
error-store-not-an-export = Das ist keine exportierte Identität (.s2-Datei).
error-not-open = Deine Identität ist gesperrt. Entsperre sie, und versuch es wieder.
error-bad-command = Diese Seite und ihr Kern passen nicht zusammen. Lade die Seite neu.
error-failed = Etwas ging schief. Nichts Erhaltenes ist verloren. Lade die Seite neu, und versuch es wieder.
error-scan-nothing = Dieser QR-Code ist kein Secret für einen Chat. Bitte um eines.
error-picture-nothing = In diesem Bild ist kein QR-Code zu finden. Nimm ein schärferes, oder füge das Secret als Text ein.
error-camera-denied = Der Browser hat dieser Seite die Kamera nicht erlaubt. Erlaube sie in den Einstellungen des Browsers für diese Seite, lies den Code aus einem Bild, oder füge das Secret ein.
error-camera-none = Es ist keine Kamera zu bekommen. Lies den Code aus einem Bild, oder füge das Secret ein.
