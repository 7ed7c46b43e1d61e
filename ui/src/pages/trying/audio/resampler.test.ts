import { describe, expect, it } from "vitest";
import { Resampler } from "./resampler";

const tone = (hz: number, rate: number, seconds = 1): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, index) => Math.sin((2 * Math.PI * hz * index) / rate));

/** Loudness in dB below a full tone, without the beginning and the end. */
function levelOf(samples: Float32Array): number {
  const middle = samples.slice(200, -200);
  const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
  return 10 * Math.log10(power * 2 + 1e-12);
}

function inPieces(resampler: Resampler, samples: Float32Array, length: number): Float32Array {
  const made: number[] = [];
  for (let begin = 0; begin < samples.length; begin += length)
    made.push(...resampler.push(samples.slice(begin, begin + length)));
  return Float32Array.from(made);
}

describe("resampling a microphone", () => {
  it.each([48_000, 44_100, 16_000])("keeps speech of %i Hz", (rate) => {
    for (const hz of [200, 1_000, 3_000])
      expect(levelOf(inPieces(new Resampler(rate, 8_000), tone(hz, rate), 128))).toBeCloseTo(0, 0);
  });

  it("lets nothing fold back that 8 kHz can't hold", () => {
    for (const hz of [4_300, 5_000, 7_000, 12_000, 20_000])
      expect(levelOf(inPieces(new Resampler(48_000, 8_000), tone(hz, 48_000), 128))).toBeLessThan(-50);
  });

  it("makes as many samples as the rate asks for, however they come", () => {
    for (const length of [128, 441, 1_000]) {
      const made = inPieces(new Resampler(44_100, 8_000), tone(500, 44_100, 2), length);
      expect(Math.abs(made.length - 16_000)).toBeLessThan(30);
    }
  });

  it("adds no images when it raises the rate", () => {
    const made = inPieces(new Resampler(8_000, 48_000), tone(1_000, 8_000), 160);
    const wanted = tone(1_000, 48_000);
    const best = Math.min(
      ...Array.from({ length: 48 }, (_, shift) => {
        let worst = 0;
        for (let index = 2_000; index < 4_000; index++)
          worst = Math.max(worst, Math.abs((made[index] ?? 0) - (wanted[index + shift] ?? 0)));
        return worst;
      }),
    );
    expect(best).toBeLessThan(0.05);
  });
});
