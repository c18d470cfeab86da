/// <reference lib="deno.ns" />
// Answers calls of the figures' functions, one JSON line a request; `javascript.py` writes them.

/** Numbers without a word in JSON as objects, typed arrays as arrays. */
function written(_key, value) {
  if (Object.is(value, -0)) return { $number: "-0" };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  return ArrayBuffer.isView(value) ? Array.from(/** @type {Uint8Array} */ (value)) : value;
}

const read = (_key, value) => (value?.$number ? Number(value.$number) : value);

async function answer({ module, name, calls }) {
  const found = name.split(".").reduce((place, key) => place?.[key], await import(module));
  if (typeof found !== "function") return { error: "no such function is exported" };
  return { results: calls.map((args) => found(...args) ?? null) };
}

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const chunk of lines) {
  const parts = (rest + chunk).split("\n");
  rest = parts.pop();
  for (const line of parts) {
    const reply = await answer(JSON.parse(line, read)).catch((error) => ({ error: error.message }));
    console.log(JSON.stringify(reply, written));
  }
}
