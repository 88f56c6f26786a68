// Made from the manifest of the client API by the rules' tests: SECRETS_WRITE_API=1 writes it anew.

export type CallEffectKind = 'send' | 'make_offer' | 'take_offer' | 'take_answer' | 'take_candidates' | 'changed' | 'close' | 'prepare';

export type CallEndReason = 'hung_up' | 'declined' | 'busy' | 'not_answered' | 'full' | 'not_possible' | 'wrong_certificate' | 'connection_lost';

export type CallMedia = 'voice' | 'video';

export type CallPhase = 'calling' | 'ringing' | 'connecting' | 'connected' | 'ended';

export interface CallStepView {
  step: CallEffectKind;
  revision: number;
  description: string | null;
  candidates: string[];
  reason: CallEndReason | null;
}

export interface CallView {
  id: string;
  chat: string;
  phase: CallPhase;
  media: CallMedia;
  own: boolean;
  wanted: boolean;
  since: string | null;
  words: string | null;
  microphone_off: boolean;
  camera_on: boolean;
  screen_shown: boolean;
  reason: CallEndReason | null;
}

export type ChatNotice = 'none' | 'they_joined' | 'they_returned' | 'you_returned' | 'secret_in_several_hands' | 'secret_answered_before' | 'both_secrets_exchanged' | 'verified' | 'they_left' | 'copy_in_use' | 'their_state_went_back' | 'two_versions' | 'messages_missing' | 'call_missed' | 'call_not_answered' | 'call_declined' | 'call_busy' | 'call_failed' | 'call_ended' | 'call_wrong_certificate';

export type ChatStage = 'waiting_for_guest' | 'joining' | 'joined' | 'open' | 'secret_failed' | 'returning' | 'needs_new_secret' | 'stopped' | 'left' | 'retired';

export interface ChatView {
  id: string;
  name: string;
  participant: string;
  their_name: string | null;
  stage: ChatStage;
  verification: Verification;
  secret_in_several_hands: boolean;
  muted: boolean;
  unread: number;
  created: string;
  last_activity: string;
  last_message: MessageView | null;
  safety_number: string | null;
}

export interface ClientEvent {
  kind: ClientEventKind;
  time: string;
  chat: ChatView | null;
  message: MessageView | null;
  relay: RelayView | null;
  call: CallView | null;
  call_step: CallStepView | null;
}

export type ClientEventKind = 'message_added' | 'message_changed' | 'chat_added' | 'chat_changed' | 'relay_connected' | 'relay_lost' | 'relay_misbehaved' | 'identity_changed' | 'chat_removed' | 'call_changed' | 'call_step';

export type DeliveryState = 'waiting' | 'sent' | 'received';

export interface ExportView {
  name: string;
}

export interface HostView {
  version: string;
  storage: StorageKind;
  identities: KeptIdentity[];
  open: OpenIdentity | null;
}

export interface IdentityView {
  name: string;
  created: string;
  chats: number;
  waiting: number;
}

export interface KeptIdentity {
  id: string;
  name: string;
  created: string;
  retired: boolean;
}

export type MessageKind = 'text' | 'unknown' | 'notice';

export interface MessageView {
  id: string;
  chat: string;
  kind: MessageKind;
  own: boolean;
  time: string;
  arrived: string;
  text: string;
  notice: ChatNotice;
  state: DeliveryState;
  position: number;
}

export interface OpenIdentity {
  id: string;
  read_only: boolean;
  retired: boolean;
  memory: boolean;
  damaged: StoreDamage[];
  identity: IdentityView;
}

export type RelayTestOutcome = 'reached' | 'another_key' | 'not_reached';

export interface RelayTestView {
  outcome: RelayTestOutcome;
  milliseconds: number;
}

export interface RelayView {
  address: string;
  connected: boolean;
  chosen: boolean;
}

export interface RoomCallPartyView {
  session: string;
  name: string;
  connected: boolean;
  distrusted: boolean;
  words: string | null;
  microphone_off: boolean;
  camera_on: boolean;
  screen_shown: boolean;
}

export interface RoomCallView {
  id: string;
  media: CallMedia;
  joined: boolean;
  full: boolean;
  since: string | null;
  parties: RoomCallPartyView[];
}

export interface RoomCodeView {
  error: string | null;
  position: number;
  suggestion: string | null;
  relay: string | null;
}

export type RoomEnding = 'none' | 'closed' | 'owner_left' | 'owner_lost' | 'idle' | 'removed' | 'elsewhere' | 'lost' | 'left' | 'locked';

export interface RoomEvent {
  kind: RoomEventKind;
  id: string;
  room: RoomView | null;
  message: RoomMessageView | null;
  session: string | null;
  on: boolean;
  upload: string | null;
  sent: number;
  call_step: CallStepView | null;
}

export type RoomEventKind = 'room_changed' | 'message_added' | 'message_changed' | 'typing' | 'call_step' | 'state_changed' | 'file_progress';

export interface RoomFileView {
  name: string;
  type: string;
  size: number;
}

export interface RoomMemberView {
  session: string;
  name: string;
  own: boolean;
  owner: boolean;
  away: boolean;
}

export interface RoomMessageView {
  id: string;
  room: string;
  notice: RoomNotice;
  from: string;
  name: string;
  own: boolean;
  time: string;
  text: string;
  reply_to: string | null;
  reactions: RoomReactionView[];
  file: RoomFileView | null;
  sent: boolean;
  count: number;
  position: number;
}

export type RoomNotice = 'none' | 'joined' | 'left' | 'removed' | 'renamed' | 'gap' | 'withheld' | 'divided' | 'locked' | 'unlocked' | 'owner_changed' | 'ended' | 'call_began' | 'call_ended';

export interface RoomReactionView {
  session: string;
  sign: string;
}

export type RoomStage = 'connecting' | 'in' | 'owner_away' | 'ended';

export interface RoomView {
  id: string;
  label: string;
  code: string;
  link: string;
  qr: string;
  relay: string;
  stage: RoomStage;
  ending: RoomEnding;
  deadline: string | null;
  locked: boolean;
  me: string;
  name: string;
  is_owner: boolean;
  owner: string;
  members: RoomMemberView[];
  safety_words: string[];
  max_participants: number;
  entered: string;
  call: RoomCallView | null;
}

export interface SecretView {
  text: string;
  link: string;
  qr_content: string;
  good_until: string;
  at_relay: boolean;
}

export type StorageKind = 'kept' | 'memory';

export type StoreDamage = 'none' | 'key_slots' | 'header' | 'log' | 'log_end' | 'pack' | 'commit' | 'slot' | 'export' | 'header_rolled_back';

export interface SyncView {
  fetched: number;
  waiting: number;
  relays_reached: number;
  relays_missed: number;
}

export interface TurnView {
  urls: string[];
  username: string;
  credential: string;
  seconds: number;
}

export type Verification = 'not_verified' | 'both_secrets_exchanged' | 'verified';

export interface WordsView {
  text: string;
}

/** Each command with what it takes and gives. */
export interface Commands {
  'host.show': { args: Record<string, never>; result: HostView };
  'host.create': { args: { name: string; password: string; relay: string | null; memory: boolean }; result: OpenIdentity };
  'host.open': { args: { id: string; password: string }; result: OpenIdentity };
  /** takes bytes beside its arguments */
  'host.import': { args: { file_password: string; password: string; memory: boolean }; result: OpenIdentity };
  /** gives bytes beside its result */
  'host.export': { args: { password: string; move: boolean }; result: ExportView };
  'host.lock': { args: Record<string, never>; result: null };
  'host.delete': { args: { id: string }; result: null };
  'host.words': { args: { count: number }; result: WordsView };
  'identity.show': { args: Record<string, never>; result: IdentityView };
  'identity.rename': { args: { name: string }; result: null };
  'identity.password': { args: { old: string; new: string }; result: null };
  'sync': { args: Record<string, never>; result: SyncView };
  'relays.list': { args: Record<string, never>; result: RelayView[] };
  'relays.add': { args: { address: string }; result: null };
  'relays.remove': { args: { address: string }; result: null };
  'relays.test': { args: { address: string }; result: RelayTestView };
  'chats.list': { args: Record<string, never>; result: ChatView[] };
  'chats.create': { args: { name: string; days: number }; result: ChatView };
  'chats.join': { args: { secret: string; name: string; direct: boolean; allow_other_relays: boolean }; result: ChatView };
  'chats.add': { args: { chat: string; secret: string; name: string | null; direct: boolean; allow_other_relays: boolean }; result: null };
  'chats.show': { args: { chat: string }; result: ChatView };
  'chats.secret': { args: { chat: string; days: number; renew: boolean }; result: SecretView };
  'chats.verify': { args: { chat: string; typed: string | null }; result: null };
  'chats.rename': { args: { chat: string; name: string }; result: null };
  'chats.mute': { args: { chat: string; muted: boolean }; result: null };
  'chats.leave': { args: { chat: string }; result: null };
  'chats.delete': { args: { chat: string }; result: null };
  'chats.attend': { args: { chat: string | null }; result: null };
  'chats.read': { args: { chat: string }; result: null };
  'messages.send': { args: { chat: string; text: string }; result: MessageView };
  'messages.page': { args: { chat: string; before: number | null; count: number }; result: MessageView[] };
  'calls.list': { args: Record<string, never>; result: CallView[] };
  'calls.turn': { args: Record<string, never>; result: TurnView[] };
  'calls.start': { args: { chat: string; media: CallMedia; straight: boolean; fingerprint: string }; result: CallView };
  'calls.accept': { args: { straight: boolean; fingerprint: string }; result: null };
  'calls.end': { args: Record<string, never>; result: null };
  'calls.fail': { args: Record<string, never>; result: null };
  'calls.wrong': { args: Record<string, never>; result: null };
  'calls.describe': { args: { revision: number; description: string }; result: null };
  'calls.candidates': { args: { candidates: string[] }; result: null };
  'calls.connected': { args: { fingerprint: string | null }; result: null };
  'calls.lost': { args: Record<string, never>; result: null };
  'calls.switch': { args: { microphone_off: boolean; camera_on: boolean; screen_shown: boolean }; result: null };
  'rooms.open': { args: { label: string | null; name: string | null; relay: string | null; max_participants: number | null }; result: RoomView };
  'rooms.enter': { args: { code: string; label: string | null; name: string | null; relay: string | null }; result: RoomView };
  'rooms.check': { args: { code: string }; result: RoomCodeView };
  /** takes bytes beside its arguments */
  'rooms.resume': { args: { messages: RoomMessageView[] | null }; result: RoomView };
  /** gives bytes beside its result */
  'rooms.keep': { args: { room: string }; result: RoomView };
  'rooms.leave': { args: { room: string }; result: null };
  'rooms.list': { args: Record<string, never>; result: RoomView[] };
  'rooms.show': { args: { room: string }; result: RoomView };
  'rooms.rename': { args: { room: string; name: string }; result: null };
  'rooms.label': { args: { room: string; label: string }; result: null };
  'rooms.typing': { args: { room: string; on: boolean }; result: null };
  'rooms.messages': { args: { room: string }; result: RoomMessageView[] };
  'rooms.send': { args: { room: string; text: string; reply_to: string | null }; result: RoomMessageView };
  'rooms.react': { args: { room: string; message: string; sign: string }; result: null };
  /** takes bytes beside its arguments */
  'rooms.send_file': { args: { room: string; name: string; type: string; upload: string | null }; result: RoomMessageView };
  'rooms.stop_file': { args: { room: string; upload: string }; result: null };
  /** gives bytes beside its result */
  'rooms.get_file': { args: { room: string; message: string }; result: RoomFileView };
  'rooms.lock': { args: { room: string; locked: boolean }; result: null };
  'rooms.remove': { args: { room: string; session: string }; result: null };
  'rooms.hand_over': { args: { room: string; session: string }; result: null };
  'rooms.call_turn': { args: { room: string }; result: TurnView[] };
  'rooms.call_join': { args: { room: string; media: CallMedia }; result: null };
  'rooms.call_leave': { args: { room: string }; result: null };
  'rooms.call_leg': { args: { room: string; session: string; straight: boolean; fingerprint: string }; result: boolean };
  'rooms.call_describe': { args: { room: string; session: string; revision: number; description: string }; result: null };
  'rooms.call_candidates': { args: { room: string; session: string; candidates: string[] }; result: null };
  'rooms.call_connected': { args: { room: string; session: string; fingerprint: string | null }; result: null };
  'rooms.call_lost': { args: { room: string; session: string }; result: null };
  'rooms.call_fail': { args: { room: string; session: string }; result: null };
  'rooms.call_wrong': { args: { room: string; session: string }; result: null };
  'rooms.call_switch': { args: { room: string; microphone_off: boolean; camera_on: boolean; screen_shown: boolean }; result: null };
}

/** Why a command was refused. */
export type ErrorCode = 'bad_name' | 'bad_text' | 'unknown_chat' | 'ambiguous_chat' | 'secret_mistyped' | 'secret_of_another_kind' | 'secret_of_another_version' | 'secret_is_own' | 'secret_no_longer_good' | 'secret_already_entered' | 'chat_is_taken' | 'chat_was_left' | 'copy_in_use' | 'number_differs' | 'bad_relay_address' | 'unknown_relay' | 'last_relay' | 'relay_not_chosen' | 'nobody_there' | 'no_secret' | 'no_relay' | 'read_only' | 'unknown_room' | 'room_code_mistyped' | 'room_code_of_another_kind' | 'room_code_of_another_version' | 'no_such_room' | 'room_is_locked' | 'room_is_full' | 'room_removed' | 'room_busy' | 'room_ended' | 'not_room_owner' | 'unknown_person' | 'unknown_message' | 'bad_file' | 'file_gone' | 'relay_not_reached' | 'bad_room_state' | 'no_rooms' | 'file_stopped' | 'not_in_call' | 'in_another_call' | 'wrong_certificate' | 'call_is_full' | 'store_not_found' | 'store_already_exists' | 'store_in_use' | 'store_wrong_password' | 'store_damaged' | 'store_retired' | 'store_newer_version' | 'store_read_only' | 'store_write_failed' | 'store_rolled_back' | 'store_cost_refused' | 'store_no_backup_root' | 'store_not_an_export' | 'store_wrong_key' | 'store_not_erased' | 'not_open' | 'bad_command' | 'failed';
