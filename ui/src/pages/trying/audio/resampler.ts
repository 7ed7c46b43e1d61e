/** How many zero crossings of the filter are kept on either side: with them what would fold back is 70 dB down. */
const ZEROS = 20;
/** The filter is looked up in steps of a fraction of an input sample, and straight lines between them. */
const STEPS = 64;
/** Where it begins to cut, as a share of what the lower of both rates can hold: room for its slope. */
const PASSED = 0.86;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Blackman: x from -1 to 1. */
const windowAt = (x: number): number => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);

/**
 * Brings a stream of samples from one rate to another through a windowed-sinc low-pass, so that nothing above half of
 * the lower rate folds back as a tone that nobody made. Takes and gives pieces of any length.
 */
export class Resampler {
  private readonly step: number;
  private readonly half: number;
  private readonly table: Float32Array;
  private kept: Float32Array;
  /** Where in `kept` the next sample is taken. */
  private at: number;

  constructor(from: number, to: number) {
    this.step = from / to;
    const cut = Math.min(1, to / from) * PASSED;
    this.half = Math.ceil(ZEROS / cut);
    this.table = Float32Array.from({ length: this.half * STEPS + 2 }, (_, index) => {
      const x = index / STEPS;
      return x > this.half ? 0 : cut * sinc(cut * x) * windowAt(x / this.half);
    });
    this.kept = new Float32Array(this.half);
    this.at = this.half;
  }

  push(piece: Float32Array): Float32Array {
    const samples = new Float32Array(this.kept.length + piece.length);
    samples.set(this.kept);
    samples.set(piece, this.kept.length);
    const made: number[] = [];
    while (this.at + this.half < samples.length) {
      made.push(this.sampleAt(samples));
      this.at += this.step;
    }
    const done = Math.max(0, Math.floor(this.at) - this.half);
    this.kept = samples.slice(done);
    this.at -= done;
    return Float32Array.from(made);
  }

  private sampleAt(samples: Float32Array): number {
    const first = Math.max(0, Math.ceil(this.at - this.half));
    const last = Math.min(samples.length - 1, Math.floor(this.at + this.half));
    let sum = 0;
    for (let index = first; index <= last; index++) {
      const place = Math.abs(this.at - index) * STEPS;
      const step = Math.floor(place);
      const before = this.table[step] ?? 0;
      const after = this.table[step + 1] ?? 0;
      sum += (samples[index] ?? 0) * (before + (after - before) * (place - step));
    }
    return sum;
  }
}
