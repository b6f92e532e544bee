// Lets a thread load TypeScript when the program runs from its sources; see threads.ts. Never part of the bundle.
import { register } from "tsx/esm/api";

register();
