import type { ImportTaken, ProblemBody } from "./model";
import { newKey } from "./new-key";
import { Problem, unreachable } from "./problem";

function bodyOf(request: XMLHttpRequest): ProblemBody {
  try {
    return JSON.parse(request.responseText) as ProblemBody;
  } catch {
    return { title: request.statusText };
  }
}

/**
 * Send a file of customers; `tell` hears how much of it is on its way, 0 to 1, which fetch can't say.
 * Sent again after a lost connection it has the same key, so that nothing is imported twice.
 */
export function sendFile(taskId: string, file: File, tell: (share: number) => void): Promise<ImportTaken> {
  const key = newKey();
  const send = (tries: number): Promise<ImportTaken> =>
    once(taskId, file, key, tell).catch((error: unknown) => {
      if (tries > 1 && error instanceof Problem && error.code === "unreachable") return send(tries - 1);
      throw error;
    });
  return send(2);
}

function once(taskId: string, file: File, key: string, tell: (share: number) => void): Promise<ImportTaken> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    request.open("POST", `/api/v1/tasks/${taskId}/imports`);
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as ImportTaken);
      else reject(new Problem(request.status, bodyOf(request)));
    };
    request.send(form);
  });
}
