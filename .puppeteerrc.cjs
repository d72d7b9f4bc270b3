// printcat looks for an installed browser and fetches one itself only when there is none (src/browser/),
// so that installing the package never downloads one.
module.exports = { skipDownload: true };
