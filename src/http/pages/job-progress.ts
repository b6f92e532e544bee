import { formatNumber, formatRupiah, type TextKey, type Translate } from "../../i18n/index.ts";
import type { JobDocument, ListedJobDocument } from "../../jobs/document.ts";
import { type Html, html } from "./html.ts";
import { localPath } from "./layout.ts";

/** What a job does right now, in a word or two. */
export function stateText(job: ListedJobDocument, t: Translate): string {
  return t(`jobs.state.${stateOf(job)}`);
}

function stateOf({ kind, state, cancelled_at: cancelled, progress }: ListedJobDocument) {
  if (state !== "running") return state;
  if (cancelled !== null) return "stopping";
  if (kind === "report") return "writing";
  return progress.seconds_left === 0 ? "posting" : "reading";
}

/** A job that waits or runs: how far it is, how fast, how long it takes, and the button that cancels it. */
export function progressCard(job: JobDocument, t: Translate): Html {
  const { percent } = job.progress;
  const waits = job.state === "queued" ? html` <span data-live="ahead">${aheadText(job, t)}</span>` : null;
  return html`<section class="card"><p role="status"><span class="state" data-live="state">${stateText(job, t)}</span>${waits}</p>
<progress max="100" value="${percent}" data-live="percent" aria-label="${t("jobs.progressLabel")}">${percent} %</progress>
${figures(job, t)}
${job.attempts > 1 ? html`<p class="small">${t("jobs.attempt", { attempts: job.attempts })}</p>` : null}
<form action="${localPath(`/jobs/${job.id}/cancel`, t)}" method="post" enctype="text/plain">
<button class="button quiet" type="submit"${disabled(job)}>${t("jobs.cancel")}</button>
<span class="small">${t("jobs.cancelHint")}</span></form>
<p class="small">${t("jobs.follows")}</p></section>`;
}

function disabled({ cancelled_at: cancelled }: JobDocument): Html | null {
  return cancelled === null ? null : html` disabled`;
}

function aheadText({ ahead }: JobDocument, t: Translate): string {
  return ahead === 0 ? t("jobs.next") : t("jobs.ahead", { ahead });
}

function figures(job: JobDocument, t: Translate): Html {
  const { rows, amount, bytes, bytes_read: read, rows_per_second: speed, percent } = job.progress;
  const number = (value: number) => formatNumber(value, t.language);
  const figure = (key: TextKey, name: string, value: string) =>
    html`<div><dt>${t(key)}</dt><dd data-live="${name}">${value}</dd></div>`;
  if (job.kind === "report") return html`<p data-live="part">${percent} %</p>`;
  const part = `${percent} % · ${t("jobs.ofBytes", { read: bytesText(read, t), bytes: bytesText(bytes, t) })}`;
  return html`<p class="small" data-live="part">${part}</p>
<dl class="figures">
${figure("jobs.rows", "rows", number(rows))}
${figure("jobs.rupiah", "amount", formatRupiah(amount, t.language))}
${figure("jobs.speed", "speed", speed === null ? "–" : t("jobs.perSecond", { rows: number(speed) }))}
${figure("jobs.left", "left", leftText(job, t))}
</dl>`;
}

function leftText({ state, progress: { seconds_left: left } }: JobDocument, t: Translate): string {
  if (state !== "running") return "–";
  if (left === null) return t("jobs.leftUnknown");
  if (left === 0) return t("jobs.leftPosting");
  return left < 90
    ? t("jobs.leftSeconds", { seconds: left })
    : t("jobs.leftMinutes", { minutes: Math.round(left / 60) });
}

/** Bytes in the unit a person thinks in: `12,3 MB`. */
export function bytesText(bytes: number, t: Translate): string {
  const [unit, size] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${formatNumber(Math.round((bytes / Number(size)) * 10) / 10, t.language)} ${unit}`;
}
