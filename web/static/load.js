// Loading: files that are dropped anywhere on the form, and progress as it is made.

const form = document.querySelector("form[data-drop]");
if (form) {
  const files = form.querySelector("input[type=file]");
  const hint = form.querySelector("[data-drop-hint]");
  hint.textContent = "Several at once; or drop them here.";
  const say = () => {
    if (files.files.length) hint.textContent = [...files.files].map((file) => file.name).join(", ");
  };
  files.addEventListener("change", say);
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("dropping");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    files.files = event.dataTransfer.files;
    say();
  });
}

const job = document.querySelector("[data-job]");
if (job) {
  const bar = job.querySelector("progress");
  const said = job.querySelector("[data-said]");
  const events = new EventSource(job.dataset.job);
  events.addEventListener("progress", (event) => {
    const progress = JSON.parse(event.data);
    bar.max = Math.max(progress.files, progress.done);
    bar.value = progress.done;
    said.textContent = `${progress.done} of ${Math.max(progress.files, progress.done)} read${progress.last ? `, last ${progress.last}` : ""}`;
    if (progress.state !== "running") {
      events.close();
      location.reload();
    }
  });
}
