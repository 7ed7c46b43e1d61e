import { backoffMs } from "./backoff";
import type { LiveMessage } from "./model";

/** "signed-out" and "forbidden" are the server's last word: nothing is tried again. */
export type LiveState = "connecting" | "open" | "closed" | "signed-out" | "forbidden";

/** The close codes by which the server says so (RFC 6455 clause 7.4.2: ours to give). */
const FINAL: Readonly<Record<number, LiveState>> = { 4401: "signed-out", 4403: "forbidden" };

interface Listener {
  message: (message: LiveMessage) => void;
  state: (state: LiveState) => void;
}

const socketAddress = (): string =>
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`;

/** The one socket over which the server says what changed. Comes back by itself until it is stopped. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stopped = true;

  constructor(private readonly listener: Listener) {}

  start(): void {
    this.stopped = false;
    window.addEventListener("online", this.connectNow);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener("online", this.connectNow);
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
  }

  private readonly connectNow = (): void => {
    if (this.socket || this.stopped) return;
    clearTimeout(this.timer);
    this.connect();
  };

  private connect(): void {
    this.listener.state("connecting");
    const socket = new WebSocket(socketAddress());
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.listener.state("open");
    };
    socket.onmessage = (event) => this.listener.message(JSON.parse(String(event.data)) as LiveMessage);
    socket.onclose = ({ code }) => this.closed(socket, code);
  }

  private closed(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.socket = null;
    if (this.stopped) return;
    const final = FINAL[code];
    if (final) {
      this.stop();
      this.listener.state(final);
      return;
    }
    this.failures += 1;
    this.listener.state("closed");
    this.timer = setTimeout(() => this.connect(), backoffMs(this.failures, Math.random()));
  }
}
