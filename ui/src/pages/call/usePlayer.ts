import { useEffect, useRef, useState } from "react";
import WaveSurfer from "wavesurfer.js";
import { useAppearance } from "@/app/Appearance";

export interface Player {
  /** Where the two lanes are drawn. */
  place: React.RefObject<HTMLDivElement | null>;
  ready: boolean;
  playing: boolean;
  failed: boolean;
  /** Where the sound is, in tenths of a second, as ms from the answer. */
  atMs: number;
  durationMs: number;
  speed: number;
  toggle: () => void;
  seek: (ms: number) => void;
  setSpeed: (speed: number) => void;
}

const LANE_PX = 64;
const TENTH_MS = 100;

const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Customer above, us below, as the recording's channels are. */
const lanes = () =>
  [
    { waveColor: color("--lane-customer"), progressColor: color("--lane-customer-played") },
    { waveColor: color("--lane-us"), progressColor: color("--lane-us-played") },
  ].map((colors) => ({ ...colors, height: LANE_PX, barWidth: 2, barGap: 1, barRadius: 1 }));

/** A recording as sound and picture. `url` null means that there is none. */
export function usePlayer(url: string | null): Player {
  const place = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer | null>(null);
  const { dark } = useAppearance();
  const [state, setState] = useState({ ready: false, playing: false, failed: false, atMs: 0, durationMs: 0 });
  const [speed, setSpeedState] = useState(1);

  useEffect(() => {
    if (!url || !place.current) return;
    const wave = WaveSurfer.create({
      container: place.current,
      url,
      splitChannels: lanes(),
      normalize: true,
      dragToSeek: true,
      cursorWidth: 2,
    });
    surfer.current = wave;
    const change = (part: Partial<typeof state>) => setState((old) => ({ ...old, ...part }));
    const moved = (seconds: number) =>
      setState((old) => {
        const atMs = Math.floor((seconds * 1000) / TENTH_MS) * TENTH_MS;
        return old.atMs === atMs ? old : { ...old, atMs };
      });
    wave.on("ready", (seconds) => change({ ready: true, durationMs: seconds * 1000 }));
    wave.on("play", () => change({ playing: true }));
    wave.on("pause", () => change({ playing: false }));
    wave.on("finish", () => change({ playing: false }));
    wave.on("timeupdate", moved);
    wave.on("error", () => change({ failed: true }));
    return () => {
      surfer.current = null;
      wave.destroy();
      setState({ ready: false, playing: false, failed: false, atMs: 0, durationMs: 0 });
    };
  }, [url]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours come from the page, which `dark` changes
  useEffect(() => {
    const redraw = requestAnimationFrame(() => {
      surfer.current?.setOptions({ splitChannels: lanes(), cursorColor: color("--cursor") });
    });
    return () => cancelAnimationFrame(redraw);
  }, [dark, state.ready]);

  return {
    place,
    ...state,
    speed,
    toggle: () => void surfer.current?.playPause(),
    seek: (ms) => surfer.current?.setTime(Math.max(0, ms) / 1000),
    setSpeed: (next) => {
      surfer.current?.setPlaybackRate(next, true);
      setSpeedState(next);
    },
  };
}
