// The calculator of a page, away from the page so that the page stays quick.
import { start } from "./engine.js"

let call

self.addEventListener("message", async ({ data: { id, request } }) => {
  try {
    call = call || (await start()).pyimport("ntm_rules.site.calculator").call
  } catch (error) {
    self.postMessage({ broken: String(error.message || error) })
    return
  }
  try {
    self.postMessage({ id, reply: JSON.parse(call(request)) })
  } catch (error) {
    self.postMessage({ id, error: String(error.message || error).trim().split("\n").pop() })
  }
})
