"use strict";
(() => {
  const graph = document.getElementById("graph");
  if (graph) {
    const lines = [...graph.querySelectorAll("line")];
    const circles = [...graph.querySelectorAll("circle")];
    const clear = () => {
      graph.classList.remove("focus");
      graph.querySelectorAll(".on").forEach(e => e.classList.remove("on"));
    };
    circles.forEach(circle => {
      circle.addEventListener("mouseleave", clear);
      circle.addEventListener("mouseenter", () => {
        const near = new Set([circle.dataset.n]);
        lines.filter(l => l.dataset.a === circle.dataset.n || l.dataset.b === circle.dataset.n).forEach(l => {
          l.classList.add("on");
          near.add(l.dataset.a).add(l.dataset.b);
        });
        circles.filter(c => near.has(c.dataset.n)).forEach(c => c.classList.add("on"));
        graph.classList.add("focus");
      });
    });
  }
  const body = document.querySelector("#nodes tbody");
  const rows = [...body.rows];
  document.getElementById("filter").addEventListener("input", event => {
    const wanted = event.target.value.toLowerCase();
    rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
  });
  document.querySelectorAll("#nodes th").forEach((head, column) => {
    let up = false;
    head.addEventListener("click", () => {
      up = !up;
      const value = row => {
        const text = row.cells[column].textContent;
        return head.classList.contains("n") ? parseFloat(text.replace(/,/g, "")) || -1 : text.toLowerCase();
      };
      rows.sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * (up ? 1 : -1));
      body.append(...rows);
    });
  });
})();
