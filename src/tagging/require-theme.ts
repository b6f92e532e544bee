import { AppError } from "../errors.ts";
import type { Translate } from "../i18n/index.ts";
import { loadThemes, type Theme } from "../references/index.ts";
import type { Db } from "../store/index.ts";

/** The theme of a code. @throws AppError THEME-UNKNOWN with the themes there are */
export async function requireTheme(db: Db, code: string, t: Translate): Promise<Theme> {
  const themes = await loadThemes(db);
  const theme = themes.get(code);
  if (theme) return theme;
  const known = [...themes.keys()].join(", ");
  throw new AppError(
    "THEME-UNKNOWN",
    400,
    t("http.themeUnknown", { theme: code }),
    t("http.themeUnknownHint", { themes: known }),
  );
}
