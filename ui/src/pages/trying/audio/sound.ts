import { CAPTURE, PLAYBACK } from "./call-sound";
import captureUrl from "./capture.worklet?worker&url";
import playbackUrl from "./playback.worklet?worker&url";

/** Why there is no sound: what the browser, its person or the machine says. */
export type NoSound = "insecure" | "denied" | "missing" | "inUse" | "broken";

export class NoSoundError extends Error {
  constructor(readonly why: NoSound) {
    super(why);
  }
}

const BY_NAME: Record<string, NoSound> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "inUse",
  AbortError: "inUse",
};

/** Asks for the microphone. Rejects with NoSoundError. */
export async function openMicrophone(): Promise<MediaStream> {
  // Browsers hide the microphone from pages that came unencrypted from another machine.
  if (!window.isSecureContext || !navigator.mediaDevices) throw new NoSoundError("insecure");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new NoSoundError(BY_NAME[error instanceof DOMException ? error.name : ""] ?? "broken");
  }
}

/** The microphone as frames of a call, and frames of a call to the loudspeaker. */
export class CallSound {
  onframe: (frame: ArrayBuffer) => void = () => {};

  private constructor(
    private readonly context: AudioContext,
    private readonly stream: MediaStream,
    private readonly playback: AudioWorkletNode,
    capture: AudioWorkletNode,
  ) {
    capture.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.onframe(data);
  }

  /** Rejects with NoSoundError; then the microphone is let go. */
  static async open(stream: MediaStream): Promise<CallSound> {
    const context = new AudioContext();
    try {
      await Promise.all([
        context.audioWorklet.addModule(captureUrl),
        context.audioWorklet.addModule(playbackUrl),
      ]);
      const capture = new AudioWorkletNode(context, CAPTURE, { numberOfOutputs: 0, channelCount: 1 });
      const playback = new AudioWorkletNode(context, PLAYBACK, {
        numberOfInputs: 0,
        outputChannelCount: [1],
      });
      context.createMediaStreamSource(stream).connect(capture);
      playback.connect(context.destination);
      await context.resume();
      return new CallSound(context, stream, playback, capture);
    } catch {
      letGo(stream);
      void context.close();
      throw new NoSoundError("broken");
    }
  }

  play(frame: ArrayBuffer): void {
    this.playback.port.postMessage(frame, [frame]);
  }

  close(): void {
    this.onframe = () => {};
    letGo(this.stream);
    if (this.context.state !== "closed") void this.context.close();
  }
}

export function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** How loud a frame is, 0 to 1, as a bar should show it: 0 is 50 dB below full. */
export function loudness(frame: ArrayBuffer): number {
  const samples = new Int16Array(frame);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.max(0, Math.min(1, (10 * Math.log10(power / 32_768 ** 2 + 1e-10) + 50) / 50));
}
