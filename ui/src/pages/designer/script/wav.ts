/** Recorded speech as the server takes it: a WAV of one channel, 16 bit. */

export const RATE_HZ = 16_000;
const HEADER_BYTES = 44;

const text = (view: DataView, offset: number, letters: string): void => {
  for (let index = 0; index < letters.length; index += 1)
    view.setUint8(offset + index, letters.charCodeAt(index));
};

/** `samples` (-1..1) as the bytes of a WAV file. */
export function wavOf(samples: Float32Array, rate = RATE_HZ): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + samples.length * 2);
  const view = new DataView(bytes);
  text(view, 0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(view, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(view, 36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const held = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER_BYTES + index * 2, Math.round(held < 0 ? held * 0x8000 : held * 0x7fff), true);
  });
  return bytes;
}

/** Any sound that this browser can play, as a WAV. Rejects where it can't be played. */
export async function asWav(sound: Blob): Promise<Blob> {
  const listening = new AudioContext();
  try {
    const heard = await listening.decodeAudioData(await sound.arrayBuffer());
    const length = Math.max(1, Math.ceil(heard.duration * RATE_HZ));
    const mixing = new OfflineAudioContext(1, length, RATE_HZ);
    const source = mixing.createBufferSource();
    source.buffer = heard;
    source.connect(mixing.destination);
    source.start();
    const mixed = await mixing.startRendering();
    return new Blob([wavOf(mixed.getChannelData(0))], { type: "audio/wav" });
  } finally {
    await listening.close();
  }
}
