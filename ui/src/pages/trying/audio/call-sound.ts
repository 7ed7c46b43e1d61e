/** The sound of a call: 8 kHz, 20 ms at a time. */
export const CALL_RATE = 8_000;
export const FRAME_SAMPLES = 160;

/** The names by which the worklets are known. */
export const CAPTURE = "call-capture";
export const PLAYBACK = "call-playback";
