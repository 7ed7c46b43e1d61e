import type { CallingHours } from "@/api/model";

/** Where a pointer took hold of a day, and the hours as they were then. */
export interface Hold {
  pointer: number;
  /** What it holds, and alone may draw: once that is gone from the page nothing is told of the pointer's end. */
  on: Pick<Element, "isConnected">;
  x: number;
  minute: number;
  hours: CallingHours;
}

/** One drag at a time, of whichever pointer took hold first. */
export class Drag {
  private held: Hold | null = null;
  private drew = false;

  /** Whether this pointer takes hold: one that presses has let go of what it held, told or not. */
  take(hold: Hold): boolean {
    if (this.held && this.held.pointer !== hold.pointer && this.held.on.isConnected) return false;
    this.held = hold;
    this.drew = false;
    return true;
  }

  /** The hours as a pointer draws them from where it took hold; null where it has none, or has drawn nothing yet. */
  draw(
    { pointer, on }: Pick<Hold, "pointer" | "on">,
    from: (hold: Hold) => CallingHours,
  ): CallingHours | null {
    if (this.held?.pointer !== pointer || this.held.on !== on) return null;
    const hours = from(this.held);
    this.drew ||= hours !== this.held.hours;
    return this.drew ? hours : null;
  }

  release(pointer: number): void {
    if (this.held?.pointer === pointer) this.held = null;
  }

  /** The hours to go back to; null where nothing was drawn. */
  callOff(pointer: number): CallingHours | null {
    const back = this.held?.pointer === pointer && this.drew ? this.held.hours : null;
    this.release(pointer);
    return back;
  }
}
