/**
 * Samples on their way to the loudspeaker: a network brings them unevenly, and the ear wants them even. After every
 * gap `target` samples are gathered before any is given out; more than `limit` are cut back to that.
 */
export class Playout {
  private readonly pieces: Float32Array[] = [];
  private waiting = 0;
  private gathering = true;
  private offset = 0;

  constructor(
    private readonly target: number,
    private readonly limit: number,
  ) {}

  get length(): number {
    return this.waiting;
  }

  put(piece: Float32Array): void {
    this.pieces.push(piece);
    this.waiting += piece.length;
    if (this.waiting <= this.limit) return;
    while (this.waiting > this.target && this.pieces.length > 1) {
      const dropped = this.pieces.shift();
      this.waiting -= (dropped?.length ?? 0) - this.offset;
      this.offset = 0;
    }
  }

  /** Fills `out`, with silence where nothing has come. */
  take(out: Float32Array): void {
    out.fill(0);
    if (this.gathering && this.waiting < this.target) return;
    this.gathering = false;
    let filled = 0;
    while (filled < out.length) {
      const [piece] = this.pieces;
      if (!piece) {
        this.gathering = true;
        return;
      }
      const part = piece.subarray(this.offset, this.offset + out.length - filled);
      out.set(part, filled);
      filled += part.length;
      this.waiting -= part.length;
      this.offset += part.length;
      if (this.offset === piece.length) {
        this.pieces.shift();
        this.offset = 0;
      }
    }
  }
}
