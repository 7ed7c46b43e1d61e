import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { takeFirstPressAlone } from "./app/first-press";
import { startWords } from "./app/i18n";
import "./app/global.css";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");

takeFirstPressAlone(document);
await startWords();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
