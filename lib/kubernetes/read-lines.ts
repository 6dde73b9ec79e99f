/** Lines of a byte stream, as they come; a last line without its end is dropped, for it may be cut. */
export async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of body) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      const line = rest.join("") + part;
      rest = [];
      if (line.trim() !== "") yield line;
    }
    if (last !== "") rest.push(last);
  }
}
