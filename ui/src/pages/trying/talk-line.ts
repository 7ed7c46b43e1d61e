import type { GradeReason } from "@/api/model";
import type { components } from "@/api/schema";
import type { CallSound } from "./audio/sound";

type Problem = components["schemas"]["Problem"];

export interface SpokenTurn {
  who: "customer" | "ai";
  from_ms: number;
  to_ms: number;
  text: string;
  intent: string | null;
  interrupted: boolean;
}

export interface ReachedStep {
  node: string;
  kind: string;
  at_ms: number;
}

export interface EndedTalk {
  by: "us" | "them" | "network";
  reason: string;
  failed: boolean;
  talk_ms: number;
  turns: SpokenTurn[];
  path: ReachedStep[];
  collected: Record<string, string>;
  grade: { name: string; label: string; reasons: GradeReason[] } | null;
}

type Told =
  | { type: "answered" }
  | { type: "turn"; turn: SpokenTurn }
  | { type: "step"; step: ReachedStep }
  | ({ type: "ended" } & EndedTalk)
  | ({ type: "refused" } & Pick<Problem, "code" | "detail"> & Partial<Problem>);

export type TalkEvent = Told | { type: "closed"; code: number };

interface Asked {
  script_id: string;
  variables: Record<string, string>;
}

const address = (): string =>
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/talk`;

/** A talk's connection: the microphone's frames go in, what the script says comes out, and what happens is told. */
export class TalkLine {
  private readonly socket: WebSocket;
  private live = false;

  constructor(
    asked: Asked,
    private readonly sound: CallSound,
    onEvent: (event: TalkEvent) => void,
  ) {
    this.socket = new WebSocket(address());
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.socket.send(JSON.stringify(asked));
    this.socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== "string") {
        this.sound.play(data);
        return;
      }
      const told = JSON.parse(data) as Told;
      if (told.type === "answered") this.live = true;
      onEvent(told);
    };
    this.socket.onclose = ({ code }) => {
      this.live = false;
      onEvent({ type: "closed", code });
    };
  }

  send(frame: ArrayBuffer): void {
    if (this.live) this.socket.send(frame);
  }

  press(digit: string): void {
    if (this.live) this.socket.send(JSON.stringify({ type: "key", digit }));
  }

  /** Ends the talk; its grade is still told, if it had begun. */
  hangUp(): void {
    if (this.live) this.socket.send(JSON.stringify({ type: "hang_up" }));
    else this.socket.close();
  }

  close(): void {
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close();
  }
}
