// One leg of a call: WebRTC as the core tells it to. What is agreed upon, with which certificate, and what may be shown of addresses, the core decides.
import { signal } from '@preact/signals';
import type { TurnView } from '../../core/api';
import type { LocalMedia, Source } from './local';

/** The lines of every description, in this order from the beginning to the end: docs/protocol/calls.md 4.7. */
const lines: readonly Source[] = ['voice', 'camera', 'screen'];
const gathering = 1_500;
const looks = 2_000;
const listens = 500;

export type Quality = 'unknown' | 'good' | 'fair' | 'poor';

interface Told {
  candidates(candidates: readonly string[]): void;
  connected(fingerprint: string | null): void;
  lost(): void;
  /** The other end has another certificate than its description says. */
  wrong(): void;
}

export class Connection {
  readonly theirs = signal<Readonly<Partial<Record<Source, MediaStream>>>>({});
  readonly quality = signal<Quality>('unknown');
  /** How loud the other side is now, 0 to 1. */
  readonly loudness = signal(0);

  private readonly pc: RTCPeerConnection;
  private readonly timers: readonly ReturnType<typeof setInterval>[];
  private readonly stopsListening: () => void;
  private described = false;
  private early: string[] = [];
  private lost = 0;
  private packets = 0;

  private constructor(
    readonly fingerprint: string,
    configuration: RTCConfiguration,
    private readonly local: LocalMedia,
    private readonly told: Told,
  ) {
    this.pc = new RTCPeerConnection(configuration);
    this.pc.addEventListener('icecandidate', ({ candidate }) => this.found(candidate));
    this.pc.addEventListener('connectionstatechange', () => void this.changed());
    this.stopsListening = this.local.onTrack((source, track) => void this.sender(source)?.replaceTrack(track));
    this.timers = [setInterval(() => void this.look(), looks), setInterval(() => void this.listen(), listens)];
  }

  static async make(turn: readonly TurnView[], straight: boolean, local: LocalMedia, told: Told): Promise<Connection> {
    const certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier);
    const configuration: RTCConfiguration = {
      certificates: [certificate],
      iceServers: turn.map(({ urls, username, credential }) => ({ urls, username, credential })),
      // without a server there is nothing but the straight way
      iceTransportPolicy: straight ? 'all' : 'relay',
      bundlePolicy: 'max-bundle',
    };
    return new Connection(await fingerprintOf(certificate), configuration, local, told);
  }

  /** Makes an offer; after the first one with new ways. */
  async makeOffer(revision: number): Promise<string> {
    if (this.pc.getTransceivers().length === 0) for (const source of lines) this.pc.addTransceiver(source === 'voice' ? 'audio' : 'video', { direction: 'sendrecv' });
    await this.pc.setLocalDescription(await this.pc.createOffer({ iceRestart: revision > 1 }));
    await this.attach();
    return this.gathered();
  }

  async takeOffer(sdp: string): Promise<string> {
    await this.pc.setRemoteDescription({ type: 'offer', sdp });
    for (const transceiver of this.pc.getTransceivers()) transceiver.direction = 'sendrecv';
    await this.attach();
    await this.pc.setLocalDescription(await this.pc.createAnswer());
    this.follow();
    return this.gathered();
  }

  async takeAnswer(sdp: string): Promise<void> {
    await this.pc.setRemoteDescription({ type: 'answer', sdp });
    this.follow();
  }

  async addCandidates(candidates: readonly string[]): Promise<void> {
    for (const candidate of candidates) await this.pc.addIceCandidate({ candidate, sdpMLineIndex: 0 }).catch(() => undefined);
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.stopsListening();
    this.pc.close();
    this.theirs.value = {};
  }

  private sender(source: Source): RTCRtpSender | undefined {
    return this.pc.getTransceivers()[lines.indexOf(source)]?.sender;
  }

  private async attach(): Promise<void> {
    for (const source of lines) await this.sender(source)?.replaceTrack(this.local.tracks.peek()[source] ?? null);
  }

  private follow(): void {
    const streams: Partial<Record<Source, MediaStream>> = {};
    for (const [i, source] of lines.entries()) {
      const track = this.pc.getTransceivers()[i]?.receiver.track;
      if (track !== undefined) streams[source] = this.theirs.peek()[source] ?? new MediaStream([track]);
    }
    this.theirs.value = streams;
  }

  /** The description with the ways that are known after a moment; later ones follow. */
  private async gathered(): Promise<string> {
    this.described = false;
    if (this.pc.iceGatheringState !== 'complete')
      await new Promise<void>((resolve) => {
        const done = (): void => {
          if (this.pc.iceGatheringState === 'complete') resolve();
        };
        this.pc.addEventListener('icegatheringstatechange', done);
        setTimeout(resolve, gathering);
      });
    this.described = true;
    this.early = [];
    return this.pc.localDescription?.sdp ?? '';
  }

  private found(candidate: RTCIceCandidate | null): void {
    if (candidate === null || candidate.candidate === '' || !this.described) return;
    this.early.push(candidate.candidate);
    // several come together
    setTimeout(() => {
      const some = this.early;
      this.early = [];
      if (some.length > 0) this.told.candidates(some);
    }, 100);
  }

  private async changed(): Promise<void> {
    const sound = this.pc.getSenders()[0]?.transport?.state;
    switch (this.pc.connectionState) {
      case 'connected':
        this.told.connected(await this.shown());
        break;
      case 'disconnected':
        this.told.lost();
        break;
      case 'failed':
        // the way stands and the handshake over it failed: who is there can't show the certificate
        if (sound === 'failed' && ['connected', 'completed'].includes(this.pc.iceConnectionState)) this.told.wrong();
        else this.told.lost();
        break;
      default:
        break;
    }
  }

  /** The fingerprint of the certificate that the other end showed; null where the browser doesn't tell. */
  private async shown(): Promise<string | null> {
    const stats = await this.pc.getStats();
    let certificate: string | undefined;
    stats.forEach((report: { type: string; remoteCertificateId?: string }) => {
      if (report.type === 'transport' && report.remoteCertificateId !== undefined) certificate = report.remoteCertificateId;
    });
    if (certificate === undefined) return null;
    const report = stats.get(certificate) as { fingerprint?: string; fingerprintAlgorithm?: string } | undefined;
    return report?.fingerprintAlgorithm === 'sha-256' ? (report.fingerprint ?? null) : null;
  }

  private async listen(): Promise<void> {
    if (this.pc.connectionState !== 'connected') return void (this.loudness.value = 0);
    let level = 0;
    // from what is played here: the packets themselves say nothing of how loud one is
    (await this.pc.getReceivers()[0]?.getStats())?.forEach((report: { type: string; audioLevel?: number }) => {
      if (report.type === 'inbound-rtp') level = report.audioLevel ?? 0;
    });
    this.loudness.value = level;
  }

  private async look(): Promise<void> {
    if (this.pc.connectionState !== 'connected') {
      this.quality.value = 'unknown';
      return;
    }
    let lost = 0;
    let packets = 0;
    let time = 0;
    (await this.pc.getStats()).forEach((report: { type: string; packetsLost?: number; packetsReceived?: number; currentRoundTripTime?: number; nominated?: boolean }) => {
      if (report.type === 'inbound-rtp') {
        lost += report.packetsLost ?? 0;
        packets += report.packetsReceived ?? 0;
      }
      if (report.type === 'candidate-pair' && report.nominated === true) time = Math.max(time, report.currentRoundTripTime ?? 0);
    });
    const share = (lost - this.lost) / Math.max(1, lost - this.lost + packets - this.packets);
    [this.lost, this.packets] = [lost, packets];
    this.quality.value = share > 0.08 || time > 0.8 ? 'poor' : share > 0.02 || time > 0.4 ? 'fair' : 'good';
  }
}

/** Some browsers tell it by itself, others in a description alone; the core reads both. */
async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  const told = 'getFingerprints' in certificate ? certificate.getFingerprints().find((f) => f.algorithm === 'sha-256')?.value : undefined;
  if (told !== undefined) return told;
  const passing = new RTCPeerConnection({ certificates: [certificate] });
  try {
    passing.addTransceiver('audio');
    return (await passing.createOffer()).sdp ?? '';
  } finally {
    passing.close();
  }
}
