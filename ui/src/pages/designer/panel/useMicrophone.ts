import { useCallback, useEffect, useRef, useState } from "react";

const LONGEST_MS = 120_000;
const TICK_MS = 200;

export interface Microphone {
  /** How long it has been recording (ms); null while it isn't. */
  recordingMs: number | null;
  /** Whether the browser or its person said no. */
  refused: boolean;
  start: () => Promise<void>;
  stop: () => void;
}

/** Records by the microphone until it is stopped, two minutes at most. */
export function useMicrophone(onRecorded: (sound: Blob) => void): Microphone {
  const [recordingMs, setRecordingMs] = useState<number | null>(null);
  const [refused, setRefused] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  const stop = useCallback(() => {
    if (recorder.current?.state === "recording") recorder.current.stop();
  }, []);
  useEffect(() => stop, [stop]);
  const start = async () => {
    setRefused(false);
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, noiseSuppression: true },
      });
    } catch {
      setRefused(true);
      return;
    }
    const began = Date.now();
    const pieces: Blob[] = [];
    const recording = new MediaRecorder(stream);
    const timer = setInterval(() => {
      setRecordingMs(Date.now() - began);
      if (Date.now() - began > LONGEST_MS) recording.stop();
    }, TICK_MS);
    recording.ondataavailable = ({ data }) => pieces.push(data);
    recording.onstop = () => {
      clearInterval(timer);
      setRecordingMs(null);
      for (const track of stream.getTracks()) track.stop();
      onRecorded(new Blob(pieces, { type: recording.mimeType }));
    };
    recorder.current = recording;
    recording.start();
    setRecordingMs(0);
  };
  return { recordingMs, refused, start, stop };
}
