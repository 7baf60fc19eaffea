<?php

use Illuminate\Support\Str;

return [
    'baseUrl' => 'https://harbour.example.net',
    'production' => false,
    'siteName' => 'Harbour Notes',
    'siteDescription' => 'Tides & knots',
    'siteAuthor' => 'Ada Quill',
    'collections' => [
        'posts' => [
            'sort' => '-date',
            'path' => 'journal/{date|Y}/{-title}',
            'filter' => fn ($page) => ! $page->draft,
        ],
        'categories' => [
            'path' => '/journal/categories/{filename}',
            'posts' => function ($page, $allPosts) { return []; },
        ],
    ],
    'isSelected' => function ($page, $section) { return ['no' => 'never']; },
];
