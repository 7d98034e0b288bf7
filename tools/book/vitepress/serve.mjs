// serve.mjs FOLDER [PORT]: the book at http://localhost:PORT, for this machine only, until Ctrl+C. Port 0 takes any that is free.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json",
  ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".png": "image/png", ".mjs": "text/javascript", ".wasm": "application/wasm", ".gif": "image/gif", ".webp": "image/webp", ".mp4": "video/mp4",
};

export function serve(folder, port) {
  const root = path.resolve(folder);
  const server = http.createServer((request, response) => {
    let file = path.join(root, path.normalize("/" + decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
    if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) file = path.join(file, "index.html");
    const found = fs.existsSync(file);
    if (!found) file = path.join(root, "404.html");
    const headers = { "content-type": types[path.extname(file)] ?? "application/octet-stream" };
    // Their names change with what is in them: each page would fetch all that its links lead to, again.
    if (found && path.dirname(file).startsWith(path.join(root, "assets"))) headers["cache-control"] = "max-age=31536000, immutable";
    response.writeHead(found ? 200 : 404, headers);
    fs.createReadStream(file).on("error", () => response.end()).pipe(response);
  });
  return new Promise((listening, failed) => {
    server.on("error", failed);
    server.listen(port, "127.0.0.1", () => listening({ server, address: `http://localhost:${server.address().port}` }));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { address } = await serve(process.argv[2], Number(process.argv[3] ?? 8080));
    console.log(`The book is at ${address}/ until Ctrl+C`);
  } catch (error) {
    console.error(`the book cannot be served: ${error.message}; another port: ./course book --serve 8081`);
    process.exit(3);
  }
}
