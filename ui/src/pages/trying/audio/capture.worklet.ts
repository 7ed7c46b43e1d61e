import { CALL_RATE, CAPTURE, FRAME_SAMPLES } from "./call-sound";
import { Resampler } from "./resampler";

const FULL = 32_767;

/** Makes frames of a call of what the microphone hears: each 20 ms a message of 16-bit samples at 8 kHz. */
class Capture extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate, CALL_RATE);
  private frame = new Int16Array(FRAME_SAMPLES);
  private filled = 0;

  process([input]: Float32Array[][]): boolean {
    const [channel] = input ?? [];
    if (channel) for (const sample of this.resampler.push(channel)) this.add(sample);
    return true;
  }

  private add(sample: number): void {
    this.frame[this.filled] = Math.round(Math.max(-1, Math.min(1, sample)) * FULL);
    this.filled += 1;
    if (this.filled < FRAME_SAMPLES) return;
    this.port.postMessage(this.frame.buffer, [this.frame.buffer]);
    this.frame = new Int16Array(FRAME_SAMPLES);
    this.filled = 0;
  }
}

registerProcessor(CAPTURE, Capture);
