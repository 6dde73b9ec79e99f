/** What a browser is told: where to look again, never content (decisions §4). */
export interface LiveMessage {
  topic: string;
  id: string;
}
