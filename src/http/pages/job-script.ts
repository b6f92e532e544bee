import { createHash } from "node:crypto";

/**
 * Follows a job on its page: after each event of the stream the page is asked for again and what has changed is put in
 * place, so that words and numbers are made in one place only. When there is no stream it asks every few seconds.
 * Without script the page refreshes itself.
 */
export const JOB_SCRIPT = `
const card = document.getElementById("job");
if (card && card.dataset.events) {
  let asking = false;
  const refresh = async () => {
    if (asking) return;
    asking = true;
    try {
      const response = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.getElementById("job");
      if (!next || !next.dataset.events) return location.reload();
      if (next.dataset.state !== card.dataset.state) {
        card.replaceChildren(...next.childNodes);
        card.dataset.state = next.dataset.state;
      } else {
        for (const part of next.querySelectorAll("[data-live]")) {
          const shown = card.querySelector('[data-live="' + part.dataset.live + '"]');
          if (shown && shown.textContent !== part.textContent) shown.textContent = part.textContent;
          if (shown && "value" in part && shown.value !== part.value) shown.value = part.value;
        }
      }
    } catch {
      // The service is away for a moment; the next event or the next turn asks again.
    } finally {
      asking = false;
    }
  };
  const events = new EventSource(card.dataset.events);
  events.addEventListener("progress", refresh);
  events.addEventListener("finished", () => { events.close(); location.reload(); });
  setInterval(() => { if (events.readyState !== EventSource.OPEN) refresh(); }, 3000);
}
`.trim();

const version = createHash("sha256").update(JOB_SCRIPT).digest("hex").slice(0, 12);

/** Changes with the content, so that browsers may keep it for ever. */
export const JOB_SCRIPT_PATH = `/assets/job-${version}.js`;
