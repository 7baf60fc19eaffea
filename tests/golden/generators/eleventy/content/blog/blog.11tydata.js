module.exports = {
  tags: ["posts"],
  layout: "post.njk",
  author: "Ada Quill",
  permalink: "/journal/{{ page.fileSlug }}/",
  eleventyComputed: { title: (data) => data.title },
};
