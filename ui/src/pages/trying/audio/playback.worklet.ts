import { CALL_RATE, PLAYBACK } from "./call-sound";
import { Playout } from "./playout";
import { Resampler } from "./resampler";

const TARGET_S = 0.06;
const LIMIT_S = 0.4;
const FULL = 32_768;

/** Plays frames of a call, which come as messages of 16-bit samples at 8 kHz. */
class Playback extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(CALL_RATE, sampleRate);
  private readonly playout = new Playout(sampleRate * TARGET_S, sampleRate * LIMIT_S);

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const samples = Float32Array.from(new Int16Array(data), (sample) => sample / FULL);
      this.playout.put(this.resampler.push(samples));
    };
  }

  process(_: Float32Array[][], [output]: Float32Array[][]): boolean {
    const [channel] = output ?? [];
    if (channel) this.playout.take(channel);
    return true;
  }
}

registerProcessor(PLAYBACK, Playback);
