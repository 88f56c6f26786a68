## Everywhere

close = Close
cancel = Cancel
back = Back
undo = Undo
rename = Rename
copied = Copied.
copy-denied = The browser did not let this page copy. Mark the text and copy it yourself.
more-choices = More choices
navigation = Parts of the app
chats = Chats
identity = Identity
keys = Keys
about = About
relays = Relays
storage = Storage
lock = Lock
password = Password
you = You:
you-alone = You
starting = Starting…
another-identity = Use another identity
file-choose = Choose a file, or drop it here
file-another = Choose another

## Before an identity is open

home-what = Private chats with nothing to sign up for. Your identity lives on your own device, encrypted, and nobody else has it.
home-how = Make an identity, hand somebody a secret, and talk. The relays in between see neither words nor names.
create-identity = Create identity
create-another = Create another identity
import-identity = Import identity
install-app = Install the app
link-waits-create = You opened somebody’s secret. Create an identity, or import yours, and the chat begins.
link-waits-unlock = You opened somebody’s secret. Unlock your identity, and the chat begins.
storage-nothing-kept = This window keeps nothing. Your identity is gone when you close it, unless you export it before.
storage-not-promised = This browser has not promised to keep your identity: it may clear it when space runs out. Export a backup now and then.
storage-promised = The browser promises to keep your identity until you delete it.
storage-used = { $used } MB of { $quota } MB are in use.
keep-title = Keeping your identity
keep-what = This browser has not promised to keep your identity.
keep-ask = Ask it to
keep-given = The browser promises to keep your identity.
keep-refused = The browser did not promise. Your identity stays here until it runs out of space; a backup keeps you safe.

create-name = Your name
create-name-hint = The people you chat with see it. It need not be your real one, and you can change it.
create-name-missing = Give a name, any one you like.
create-password = Password
create-password-why = Your password is the only key to this identity. There is no account behind it, so nobody can reset it. Write it down if you might forget it.
create-relay = Relay
create-relay-hint = Empty: the relay of this page. A relay keeps your encrypted messages until they are fetched.
create-memory = Keep nothing in this browser
create-memory-hint = The identity is gone when you close the window. Good on somebody else’s computer.
creating = Making your keys…

password-show = Show the password
password-hide = Hide the password
password-short = Use at least { $least } characters.
password-strength = Strength of the password
password-advice = Several words that nobody would guess together make a good password.
password-level = { $level ->
    [0] Guessed at once.
    [1] Easy to guess.
    [2] Fair. One more word makes it better.
    [3] Good.
   *[4] Strong.
  }
password-draw = Suggest words
password-drawn = Six words, drawn by chance. Write them down before you go on.
password-old = Password until now
password-new = New password
password-change-hint = Backups that you exported before keep the password they were made with.
password-changing = Changing the password…
password-changed = The password is changed.
change-password = Change password

import-what = An identity that you exported comes as a file ending in .s2. This browser becomes a new device of it.
import-file = Your .s2 file
import-file-missing = Choose the file first.
import-file-password = Password of the file
import-file-password-missing = Type the password that the file was exported with.
import-same-password = Use the same password in this browser
import-new-password = New password for this browser
import-then = Your chats come back one by one, as the other side’s devices answer. Old messages are there at once.
importing = Opening the file…
returning = { $back } of { $all } chats are back.
returning-hint = The others come back as soon as the other side’s devices answer. You need not wait.

unlock-who = Who are you?
unlock = Unlock
unlocking = Unlocking…
unlock-pause = That was wrong a few times. You can try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }.
identity-since = Since { $date }
remove-copy = Remove this copy
remove-copy-what = This copy was moved to another device. Removing it erases what is left of it here; the other device keeps everything.
password-forgotten = Forgot the password?
password-forgotten-what = Nobody can reset it. If you have a backup file and know its password, import that. Deleting takes { $name }, with chats and keys, from this browser for good.
delete-here = Delete from this browser
identity-retired = Moved to another device; this copy is retired

failed-title = Secrets can’t start here
failed-what = The part that does the encryption did not start in this browser.
failed-kept = Nothing was lost, and nothing was sent.
failed-reload = Reload the page: perhaps a file did not come.
failed-wasm = Some browsers can switch WebAssembly off, such as Tor Browser at the levels “Safer” and “Safest”. Secrets needs it.
failed-browser = Else use an up-to-date browser, or the console program: it does the same.
failed-again = Try again

## The list of chats

new-chat = New chat
enter-secret = Add participant
search = Search chats
search-nothing = No chat of that name.
chats-choose = Choose a chat.
chat-empty = Nothing said yet.
muted = Muted
draft = Draft:
unread-count = { $count ->
    [one] one unread message
   *[other] { $count } unread messages
  }
empty-title = How it works
empty-make = Make a chat. It gives you a secret: a QR code, a link, a line of text.
empty-hand = Hand the secret to one person, best from screen to camera. Or add the secret that somebody gave you.
empty-talk = Talk. Only the two of you can read it.
toast-deleted = The chat is deleted.

stage-waiting-for-guest = Waiting for the other side
stage-joining = Joining
stage-joined = Joined, not confirmed yet
stage-open = Open
stage-secret-failed = The secret is no longer valid
stage-returning = Coming back from a copy
stage-needs-new-secret = Needs a new secret
stage-stopped = Stopped: another copy is in use
stage-left = You left
stage-retired = Can be read; this identity was moved

## A new chat, and joining one

new-chat-name = Name of the chat
new-chat-hint = Only you see it: whom it is with, or what it is about.
new-chat-missing = Give the chat a name.
new-chat-make = Make its secret
new-chat-making = Making the secret…

secret = Secret
secret-placeholder = A link, or a line that begins with secret1
secret-missing = Paste the secret, or scan it.
scan = Scan
scan-hint = Hold the QR code in front of the camera. The picture stays in this page.
from-picture = From a picture
join-what = Enter the secret that somebody gave you for a chat.
join-into = Enter the other person’s own secret for this chat. With both secrets exchanged, nobody else can be in it.
join-link = You opened this secret as a link.
join-name = What do you call them?
join-name-hint = Only you see it.
join-name-missing = Give them a name.
join-direct = I got this from them directly
join-direct-hint = Scanned from their screen, or told by themselves. Leave it empty if it came by mail or by another program.
join-start = Start the chat
join-add = Add
joining = Looking for the other side…
other-relay-title = Another relay
other-relay-text = This chat lies at a relay that you have not chosen. If you go on, that relay would see your network address. It can’t read anything.
other-relay-yes = Connect to it

your-secret = Your secret for this chat
secret-qr = QR code of your secret for this chat
secret-not-yet = It works once your relay has it. That is a moment away, or as soon as you are online.
secret-as-text = As text
copy-text = Copy text
copy-link = Copy link
share = Share
by-mail = E-mail
mail-subject = A private chat
mail-body = Open this link to start our private chat. It works once.
secret-good-until = Good until { $time }, for one person.
secret-who = Whoever uses it first is in the chat. Who only reads it can’t read what you say.
secret-renew = Renew the secret
secret-renew-text = The old secret stops working. Hand the new one over.
show-secret = Show the secret
secret-also = If they enter your secret too, and you theirs, each knows who the other is.

## A chat

messages = Messages
chat-settings = Chat settings
chat-hand-over = Hand this secret to one person. The chat begins when they use it.
chat-exchange = Did they make a secret for you too? With both exchanged, each knows who the other is.
enter-theirs = Enter their secret
enter-theirs-why = If they made a secret for this chat too, enter it. Both secrets, received directly, make the chat verified.
write = Write a message
send = Send
today = Today
yesterday = Yesterday
unread-line = New
to-newest = To the newest
copy-message = Copy this message
message-unknown = A message of a kind that this version can’t show. It is kept.
message-too-long = { $over ->
    [one] One byte
   *[other] { $over } bytes
  } too long. A message has at most 65,536 bytes; send it in parts.
message-label = { $who }, { $time }
message-label-own = { $who }, { $time }, { $state }
announce = { $who }: { $text }
state-keeping = being kept
state-waiting = waiting
state-sent = sent
state-received = received
waiting-offline = Waiting. It is kept here and goes out by itself when a relay is in reach.
waiting-guest = Waiting. It goes out by itself when the other side is there.

stage-note-waiting = Nobody has used your secret yet. What you write is kept and goes first.
stage-note-joining = Your relay can’t be reached, or the other side’s can’t. The chat goes on by itself.
stage-note-joined = You joined. What you write reaches them as soon as they are online.
stage-note-returning = This chat comes back as soon as the other side’s device answers. What you write is kept.
stage-note-left = You left this chat. What was said stays readable.
stage-note-secret-failed = This secret is no longer valid. If you have not used it, tell the person who gave it to you that somebody else may have.
stage-note-needs-new-secret = This chat came out of a copy and can’t find its way back by itself. Ask for a new secret.
several-hands = This chat’s secret is in more than one hand. Compare the safety number before you say anything that matters.
several-hands-why = More than one person answered this chat’s secret. Only comparing the safety number can tell who is there.
compare-number = Compare the number

notice-they-joined = { $who } joined.
notice-they-returned = { $who } came back from a copy, on a new device.
notice-you-returned = This device came back from a copy.
notice-secret-in-several-hands = This chat’s secret is in more than one hand. Only comparing the number can tell who is there.
notice-secret-answered-before = Somebody answered with this secret before you (perhaps you, on another device).
notice-both-secrets-exchanged = Both secrets exchanged.
notice-verified = Verified.
notice-they-left = { $who } left.
notice-copy-in-use = Another copy of this identity is in use. Nothing more is written here.
notice-their-state-went-back = { $who } goes on from an older state: a copy of their identity may be in use. Ask them.
notice-two-versions = There are two versions of something that { $who } wrote. Both are kept as proof.
notice-messages-missing = Some messages are missing and can’t be had again.
notice-call-missed = { $who } called.
notice-call-not-answered = { $who } did not answer.
notice-call-declined = The call was declined.
notice-call-busy = { $who } was in another call.
notice-call-failed = The call could not be made.
notice-call-ended = Call, { $text }
notice-call-wrong-certificate = A call was ended: somebody stood between the two of you.

call-voice = Call
call-video = Video call
call-who = Call { $who }
call-answer-who = Answer { $who }
call-rings = { $who } calls
call-rings-video = { $who } calls, with video
call-impossible = This browser can’t make calls.
call-decline = Decline
call-answer = Answer
call-answer-voice = Answer without video
call-begin = Call
call-take = Answer
call-beginning = One moment …
call-microphone = Microphone
call-camera = Camera
call-device-usual = The usual one
call-device = Number { $number }
call-with-video = With video
call-blur = Blur what is behind me
call-blur-hint = 0.7 MB are loaded once
call-blur-loading = loading …
call-quiet = Filter noise
call-hears = Your microphone
call-straight = Connect straight, if { $who } chooses that too. It may sound better, and { $who } will see your network address.
call-address = { $who } will see your network address, and from it roughly where you are: your relay has no server through which calls can go.
call-address-room = Everybody in the call will see your network address, and from it roughly where you are: the room’s relay has no server through which calls can go.
call-room = Begin a call in the room
call-room-join = Take part in the call
call-join = Take part
call-room-on = In a call: { $who }
call-room-full = Six people are in it: no more can be.
call-ends-room = If you answer, you leave the call in the room.
call-in = Call in { $who }
call-alone = Nobody else is in the call yet.
call-distrusted = Ended: somebody stood in between.
call-alone-hint = The others in the room see that there is a call, and can take part.
call-small-room = Back to the room
call-others = The others
call-view-speaker = Show who speaks large
call-view-grid = Show everybody
call-words-hint-each = With everybody you have words of your own. Read them aloud to each other: if both see the same, nobody is between you two.
call-with = Call with { $who }
call-yourself = Yourself
call-their-picture = The picture of { $who }
call-calling = Calling …
call-connecting = Connecting …
call-again = Connection lost. Connecting again …
call-elsewhere = in another tab
call-small = Back to the chat
call-controls = Call
call-mute = Microphone off
call-unmute = Microphone on
call-unmute-hint = Microphone on. Or hold the space bar while you speak.
call-camera-on = Camera on
call-camera-off = Camera off
call-camera-next = Other camera
call-blur-on = Blur what is behind me
call-blur-off = Show what is behind me
call-blur-preparing = What blurs is being loaded. Until then nobody sees you.
call-screen-on = Show your screen
call-screen-off = Stop showing your screen
call-float = In a window of its own
call-end = Hang up
call-they-muted = { $who } has the microphone off
call-you-muted = Your microphone is off
call-words = Words to compare
call-words-hint = Read them aloud. If { $who } sees the same words, nobody is between you.
call-quality-unknown = Connection: not known yet
call-quality-good = Connection: good
call-quality-fair = Connection: fair
call-quality-poor = Connection: poor
notification-call = Somebody calls
error-microphone-denied = The browser did not let this page use the microphone. Allow it in the browser’s settings for this page.
error-microphone-gone = Your microphone is gone: nobody hears you. Plug it in or allow it again, then switch the microphone on.
error-camera-denied-call = No camera is to be had: allow it in the browser’s settings for this page, or go on without it.
error-blur = What blurs your background could not be loaded or has failed, so the camera was switched off: nothing unblurred was shown. Try again, or go on without video or without the blur.
error-screen-denied = The browser did not let this page show your screen.

trust-not-verified = Not verified
trust-both-secrets-exchanged = Both secrets exchanged
trust-verified = Verified

participants = Participants
nobody-yet = Nobody yet
calls-itself = Calls itself
safety-number = Safety number
safety-what = Compare this number with { $who }, on a call or side by side. If it is the same on both sides, nobody is between you.
safety-done = You compared this number, or exchanged both secrets directly. It stays the same while nobody’s keys change.
safety-pattern = The pattern is made from the same keys: { $who } sees the same one.
safety-theirs = Their number
safety-theirs-hint = If you like, type or paste what { $who } sees, and it is compared for you.
they-match = They match
compare = Compare
comparing = Comparing…
chat-name = Name
chat-name-hint = Only you see it.
quiet = Notifications
mute = Mute
mute-hint = No notification and no number for this chat; messages come as before, and nobody is told.
ways-out = Ways out
leave = Leave the chat
leave-hint = Leaving tells the other side goodbye and ends the chat for both; what was said stays readable here.
leaving = Leaving…
delete-chat = Delete the chat
delete-hint = Deleting removes the chat and its messages from this device; the other side keeps theirs.
chat-since = This chat began on { $date }.

## Rooms

rooms = Rooms
rooms-what = A room is a conversation for whoever has its code. Nobody needs an identity, and when its owner leaves it is gone, with everything in it.
open-room = Open a room
enter-room = Enter a room
room = Room
room-somebody = Somebody
room-file = file
room-name = Your name in the room
room-name-hint = Everybody in the room sees it. Change it to any you like.
room-names-first = Amber, Autumn, Blue, Brave, Bright, Calm, Cheerful, Clever, Cosy, Curious, Early, Evening, Gentle, Golden, Green, Happy, Honest, Jolly, Kind, Lively, Lucky, Merry, Morning, Patient, Quick, Quiet, Silver, Snowy, Sunny, Swift, Warm, Wise
room-names-second = Badger, Beaver, Blackbird, Cricket, Dolphin, Falcon, Finch, Fox, Hare, Hedgehog, Heron, Kingfisher, Lark, Lynx, Magpie, Marten, Nightingale, Otter, Owl, Penguin, Puffin, Rabbit, Robin, Salmon, Seal, Sparrow, Squirrel, Stork, Swallow, Swan, Turtle, Wren
room-label = Label
room-label-hint = Only you see it, to know which room this is. It does not leave this device.
room-opening = Drawing a code and opening the room…
room-entering = Looking for the room…
room-who-sees = The relay sees your network address and how many are in the room. It can’t read what is said.
room-elsewhere = This room lies at { $relay }. That relay sees your network address; it can’t read what is said.
room-here-count = { $count ->
    [one] only you are here
   *[other] { $count } are here
  }
room-details = People and the code
room-code = Code of the room
room-code-say = Say it only to people you want here. Whoever knows it can come in and read along from then on.
room-code-locked = The room is locked: nobody new gets in, even with the code.
room-copy-code = Copy code
room-qr = QR code of the room
room-yours = The room is yours: it lasts until you leave. Close this tab, and it ends a minute later.
room-of-another = Nobody else is here at this time.
enter-room-what = Type the eight words that somebody told you, paste them or a link, or scan the QR code.
enter-room-link = You opened the link of a room. Choose a name, and you are in.
room-code-hint = Eight words, in any spelling: spaces or hyphens, large letters or small.
room-code-count = { $words ->
    [one] One of eight words
   *[other] { $words } of eight words
  }
room-code-good = All eight words fit together.
room-code-missing = Type the code first.
room-code-typo = Word { $position }, “{ $typed }”, is no word of a code. Compare it with what you were told.
room-code-typo-meant = Word { $position } is “{ $typed }”. Do you mean “{ $word }”?
room-code-use = Use “{ $word }”
room-code-is-secret = This is a secret for a chat, not the code of a room. It goes where participants are added.
room-code-is-secret-locked = This is a secret for a chat, not the code of a room. Create or unlock your identity to use it.
secret-is-room = This is the link of a room, not a secret for a chat. It opens the room.
room-coming-back = Going back into your room…
room-not-held = This browser could not keep your place in the room over the reload. Enter the room again by its code.
room-part-failed = This part of the page did not come. Check your connection and try again.
room-connecting = The connection was lost. What you write is kept and goes out as soon as it is back.
room-owner-away = The owner’s connection was lost. If they don’t come back in time, the room ends.
room-has-ended = This room has ended
room-ended-closed = The owner ended this room.
room-ended-owner-left = The owner left, so the room has ended.
room-ended-owner-lost = The owner’s connection was lost and did not come back, so the room has ended.
room-ended-idle = Nothing was said for a day, so the room has ended.
room-ended-removed = The owner removed you from this room.
room-ended-elsewhere = You are in this room in another window now.
room-ended-lost = The relay could not be reached for a minute, or no longer has this room.
room-ended-left = You left this room.
room-ended-locked = You were away for longer than a minute, and the owner has locked this room.
room-ended-what = What was said is only on this screen now. It is gone when you close it.
room-close = Close
room-save = Save the conversation
room-save-hint = A text file for yourself. Files and pictures are not in it.
room-people = { $count ->
    [one] One person is here
   *[other] { $count } people are here
  }
room-you = you
room-owner = owner
room-away = away, the connection was lost
room-remove = Remove
room-remove-who = Remove { $who }?
room-remove-what = { $who } is put out of the room, and what is said from now on is locked with new keys.
room-remove-lock = Lock the room too
room-remove-lock-hint = { $who } still knows the code. In a room that is not locked they could come straight back.
room-removing = Removing…
room-hand-over = Make owner
room-hand-over-who = Make { $who } the owner?
room-hand-over-what = Then the room lasts until { $who } leaves. They can lock it, remove people, and hand it on; you can’t any more.
room-handing-over = Handing the room over…
room-safety = Safety words
room-safety-what = Read these words to each other. If everybody sees the same ones, nobody stands between you. They change when somebody comes or goes.
room-open = Open to whoever has the code
room-locked = The room is locked
room-lock = Lock the room
room-unlock = Unlock the room
room-lock-what = Lock it, and nobody new gets in. Who is here stays.
room-unlock-what = Nobody new gets in. Unlock it to let in whoever has the code.
room-locking = Telling the relay…
room-rename-hint = The others see that you changed it.
room-leave = Leave the room
room-end = End the room
room-leave-what = You leave, and what was said is gone from this screen. With the code you can come in again.
room-leave-owner = The room ends for everybody, and everything in it is deleted. If it should go on, make somebody else the owner first.
room-typing = { $count ->
    [one] { $who } is writing…
   *[other] { $who } are writing…
  }
room-too-long = { $over ->
    [one] One byte
   *[other] { $over } bytes
  } too long. In a room a message has at most 60,000 bytes; send it in parts.
room-attach = Send a picture or a file
room-sending = Sending the file…
room-stop-sending = Don’t send this file
room-fetching = Fetching the file…
room-try-again = Try again
room-reply = Reply
room-no-reply = Don’t reply to it
room-reply-unknown = A message from before you came in
room-react = React
room-react-other = Another sign
room-react-long = That is too long for a sign.
room-reactions = Reactions
room-reaction-label = { $sign } from { $who }
room-show-picture = Show the picture
room-save-file = Save
room-picture-broken = This picture can’t be shown. You can still save it.
room-file-gone = This file can’t be fetched any more: the room has let go of it, or this page was loaded anew. Ask for it again.
room-notice-others = { $count } others
room-notice-joined = { $who } is here.
room-notice-joined-many = { $who } are here.
room-notice-left = { $who } left.
room-notice-left-many = { $who } left.
room-notice-removed = The owner removed { $who }.
room-notice-renamed = { $before } is called { $who } now.
room-notice-renamed-you = You changed your name.
room-notice-gap = { $count ->
    [one] One message of { $who } is missing here.
   *[other] { $count } messages of { $who } are missing here.
  }
room-notice-withheld = { $who } saw a message that did not get here. The relay may be holding it back.
room-notice-divided = The relay tells { $who } something else about this room than you. Compare the safety words.
room-notice-locked = The owner locked the room. Nobody new gets in.
room-notice-unlocked = The owner unlocked the room. Whoever has the code can come in.
room-notice-owner-changed = { $who } is the owner now.
room-notice-owner-changed-you = You are the owner now. The room lasts until you leave.
room-notice-call-began = { $who } began a call.
room-notice-call-began-you = You began a call.
room-notice-call-ended = The call is over.
room-notice-ended = The room has ended.

## The identity

identity-menu = Your identity
identity-and-settings = Identity and settings
identity-name = Name
identity-name-hint = People in new chats see it.
export-identity = Export identity
export-short = One encrypted file with your identity, chats and messages: as a backup, or to move to another device.
export-what = The file is encrypted under your password. It holds who you are, your chats and your messages, and none of the keys that must never exist twice.
export-why = What is it for?
export-backup = Backup
export-backup-what = This copy goes on. Keep the file away from this device; importing it makes a new device, which takes this one’s place.
export-move = Move
export-move-what = This copy is retired before the file is yours, and stops for good. Import the file on the other device.
export-retired = This identity was moved. If the file was lost on the way, export it once more; if it was imported already, go on there.
export-read-only = This copy can only be read, so the file is a backup.
export-password = Your password
export-password-hint = The file is opened with it later.
exporting = Writing the file…
export-done-backup = The file is in your downloads. It is as strong as your password.
export-unfinished = { $count ->
    [one] One chat waits for the other side. In the file it needs a new secret, unless you wait until that chat is open.
   *[other] { $count } chats wait for the other side. In the file they need a new secret, unless you wait until those chats are open.
  }
export-done-move = The file is in your downloads, and this copy is retired. Import the file on the other device.
lock-now = Lock now
lock-draft = You have written something that is not sent. Locking clears it.
lock-after = Lock after
lock-after-hint = Without a key or a touch. What is written and not sent is cleared.
lock-never = Never
lock-minutes = { $minutes ->
    [one] One minute
   *[other] { $minutes } minutes
  }
looks = Looks
theme = Theme
theme-auto = As the device
theme-light = Light
theme-dark = Dark
language = Language
language-auto = As the browser
notifications = Notifications
notify = Tell me of new messages
notify-hint = While the app is open. The notification says that there is something new, not what or from whom.
notify-denied = The browser does not allow it. You can change that in the browser’s settings for this page.
notify-absent = This browser has no notifications here. On an iPhone, install the app first.
notification-title = Secrets
notification-text = Something new.
relays-short = Your encrypted messages lie at a relay until they are fetched.
delete-identity = Delete identity
delete-identity-hint = Erases the keys, chats and messages on this device. What you sent to others is theirs.
delete-identity-what = This erases your identity from this device: its keys, chats and messages. Without an exported file it is gone for good.
delete-identity-type = Type { $name } to confirm
deleting = Erasing…

relays-what = Your encrypted messages lie at a relay until they are fetched. A relay sees your network address and when you are there; it can’t read, and doesn’t know who talks to whom.
relay-address = Address of a relay
relay-address-hint = It holds the relay’s key and looks like wss://host~shs:KEY
relay-add = Add
relay-of-page = Use the relay of this page
relay-adding = Asking the relay…
relay-test = Test
relay-remove = Remove
relay-connected = Connected
relay-away = Not in reach
relay-not-chosen = a chat needs it; you have not chosen it
relay-reached = It answered in { $milliseconds } ms, with the right key.
relay-another-key = Something answered that is not this relay: it has another key. Nothing was sent to it.
relay-not-reached = It did not answer. Nothing is lost; what you say is kept.

banner-offline = Can’t reach your relay. What you say is kept and goes out by itself.
banner-no-relay = You have no relay. Add one, and your messages go out.
banner-memory = This window keeps nothing. Export your identity before you close it.
banner-damaged = A part of what is kept here is damaged, so it can only be read. Export what is left, or go back to a backup.
banner-retired = This identity was moved, and this copy is retired: it can be read, and nothing more. Import the file on the other device.
banner-copy = This identity is in use on another device, so this copy has stopped writing. Go on there. To keep this copy instead, export it and import the file.
banner-copy-more = Export this copy
update-ready = A newer version is here.
update-waits = A newer version is here. It comes in when your message is sent.
update-now = Reload with it

## Keys

key-help = Show these keys
key-search = Search chats
key-lists = Walk through chats and messages
key-escape = Close, or one step up
key-send = Send
key-line = A new line
key-page = Older messages

## Installing

install-what = As an app of its own, Secrets has its own window and icon, starts without a network, and browsers keep its storage longer.
install-now = Install
install-done = This is the installed app.
install-storage = On an iPhone the installed app has a storage of its own. If you have an identity in this tab, export it first and import it in the app.
install-ios = iPhone and iPad
install-ios-picture = Drawing: the share button below, and “Add to Home Screen”
install-ios-1 = In Safari, press the share button.
install-ios-2 = Choose “Add to Home Screen”.
install-android = Android
install-android-picture = Drawing: the menu with three dots, and “Install app”
install-android-1 = Open the menu with the three dots.
install-android-2 = Choose “Install app” or “Add to home screen”.
install-chrome = Chrome
install-chrome-picture = Drawing: the install button at the end of the address bar
install-chrome-1 = Press the install button at the end of the address bar.
install-chrome-2 = Confirm with “Install”.
install-edge = Edge
install-edge-picture = Drawing: the app button in the address bar
install-edge-1 = Press the app button in the address bar: three squares and a plus.
install-edge-2 = Confirm with “Install”.

## About

about-version = Version
about-hash = Hash of this build
about-no-hash = Not known here
about-copy = Copy the hash
about-verify = Anyone can build the same files and compare this hash. A page can’t prove itself, so compare it by another way than this page.
about-licence = Licence
about-licence-text = Free software under the GNU Affero General Public License, version 3 or later. It comes without any warranty.
about-licences = What others wrote of it, and their licences

## What went wrong: what happened, what was kept, what to do

error-bad-name = A name has 1 to 64 bytes, in one line, without control characters. Choose another.
error-bad-text = This text can’t be sent: it is empty, longer than 65,536 bytes, or holds control characters.
error-unknown-chat = This chat is no longer here.
error-ambiguous-chat = More than one chat has this name.
error-secret-mistyped = This is not a whole secret: a letter is wrong or missing, as when a mail program cuts a link in half. Copy it again, from the first to the last character.
error-secret-of-another-kind = This code is for something else, not for a chat. Ask for a secret for a chat.
error-secret-of-another-version = This secret was made by another version of the program. Update, or ask for a new secret.
error-secret-is-own = This secret is your own. Hand it to the other person; enter theirs here.
error-secret-no-longer-good = No longer valid. If you have not used it, tell the person who gave it to you that somebody else may have.
error-secret-already-entered = You entered this secret already.
error-chat-is-taken = This chat has its participant already. A secret is for one person.
error-chat-was-left = You left this chat. What was said stays readable.
error-copy-in-use = Another copy of this identity is in use, so nothing more is written here. Export on the copy that you keep, and import it.
error-number-differs = The numbers differ. Compare them again; if they still differ, somebody may be between you.
error-bad-relay-address = This is not a relay’s address. It looks like wss://host~shs:KEY, with at most 119 characters.
error-unknown-relay = This relay is not in your list.
error-last-relay = This is your last relay, and your chats need one. Add another first.
error-relay-not-chosen = This chat lies at a relay that you have not chosen; it would see your network address.
error-nobody-there = Nobody is in this chat yet. Hand over your secret for it.
error-no-secret = This chat’s secret was used: a secret is for one person. Make a new chat for somebody else.
error-no-relay = You have no relay. Add one under Relays.
error-read-only = A part of what is kept here is damaged; it can only be read. Export what is left, or go back to a backup.
error-unknown-room = There is no such room here.
error-room-code-mistyped = There is a typo in this code. Compare it word by word.
error-room-code-of-another-kind = This is not the code of a room: that has eight words, or is a link.
error-room-code-of-another-version = This code was made by another version of the program. Update, or ask for a new code.
error-no-such-room = There is no room with this code: it has ended, or it lies at another relay.
error-room-is-locked = This room is locked: its owner lets nobody in at this time.
error-room-is-full = This room is full.
error-room-removed = The owner of this room removed you.
error-room-busy = Too many people try to enter at this time. Wait a minute and try again.
error-room-ended = This room has ended.
error-not-room-owner = Only the owner of the room can do that.
error-unknown-person = That person is not in the room.
error-unknown-message = There is no such message in this room.
room-files-many = A room holds 32 MB of files. Of these the first ones go when the last ones come: send fewer at a time.
error-bad-file = This file can’t be sent: it is empty, or longer than 16 MiB.
error-file-gone = This file is not there any more.
error-relay-not-reached = The relay can’t be reached. Try again.
error-bad-room-state = Your place in this room can’t be taken up again. Enter it by its code.
error-no-rooms = This relay has no rooms.
error-file-stopped = The file was stopped on its way.
error-not-in-call = There is no call any more.
error-in-another-call = You are in a call already. End it first.
error-call-is-full = Six people are in the call: no more can be. Wait until somebody leaves it.
error-wrong-certificate-of = Somebody stands between you and { $who }, so the connection to them was ended: you do not hear or see each other in this call. Tell the others.
error-wrong-certificate = Somebody stands between the two of you, so the call was ended. Nothing was heard or seen. Talk about it by another way before you call again.
error-store-not-found = This identity is no longer in this browser. If the browser cleared it, import your backup.
error-store-already-exists = There is an identity here already.
error-store-in-use = Another program has this identity open. Close it there first.
error-store-wrong-key = That key does not open this identity.
error-store-not-erased = It was taken out, but the old files could not be removed yet. That is done the next time this identity is opened.
error-store-wrong-password = That is not the password.
error-store-damaged = Something that is kept here is damaged. Nothing was overwritten. Import your backup.
error-store-retired = This identity was moved to another place; this copy is retired. Use the other one.
error-store-newer-version = This was written by a later version of the program. Reload the page, or update first.
error-store-read-only = A part of what is kept here is damaged; it can only be read. Export what is left, or go back to a backup.
error-store-write-failed = The browser refused to keep this: its space may be used up. Nothing of this step was kept, nothing else was lost. Make space, and try again.
error-store-rolled-back = A part of what is kept here was replaced by an older copy. It is not used, as that would not be safe: import your exported file.
error-store-cost-refused = The protection of the password in this file is below the least, or above the most, that is accepted.
error-store-no-backup-root = This file has no backup key, so it can’t become a new device.
error-store-not-an-export = This is not an exported identity (.s2 file).
error-not-open = Your identity is locked. Unlock it and try again.
error-bad-command = This page and its core don’t fit together. Reload the page.
error-failed = Something went wrong. Nothing that was kept is lost. Reload the page, and try again.
error-scan-nothing = This QR code is not a secret for a chat. Ask for one.
error-picture-nothing = There is no QR code to be found in this picture. Try a sharper one, or paste the secret as text.
error-camera-denied = The browser did not let this page use the camera. Allow it in the browser’s settings for this page, read the code from a picture, or paste the secret.
error-camera-none = No camera is to be had. Read the code from a picture, or paste the secret.
