export default function (config) {
  config.addPassthroughCopy("img");
  return { dir: { input: "content", output: "_site" } };
}
