// Writes src/api/schema.d.ts from the server's own OpenAPI description, which needs no database.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url));
const python = `${root}/.venv/bin/python`;

const [command, ...before] = existsSync(python) ? [python] : ["uv", "run", "python"];
const description = execFileSync(command, [...before, "-m", "callwright.web.openapi"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  stdio: ["ignore", "pipe", "inherit"],
});

const types = astToString(await openapiTS(JSON.parse(description)));
if (!existsSync(target) || readFileSync(target, "utf8") !== types) writeFileSync(target, types);
