using System.Text;
using Hearth.Features.Moderation.Scoring;

namespace Hearth.Tests.Features.Moderation.Scoring;

public sealed class TextScorerTests
{
    private static readonly TextScorer Scorer = new();

    [Theory]
    [InlineData("CONGRATULATIONS! You have won a £1000 prize. Call 09061234567 now to claim, only 150p per min")]
    [InlineData("Make $500 a day from home with no experience! Message me on WhatsApp now http://easy-cash.top/join")]
    [InlineData("URGENT! Your mobile number was selected for a FREE gift. Text WIN to 80082 to claim")]
    [InlineData("Bitcoin investment with guaranteed daily profit, join here now: https://bit.ly/3xYzAb")]
    [InlineData("Buy cheap real followers now, 1000 for $5, instant delivery, visit www.socialboost.xyz")]
    public void Spam_is_flagged(string text)
    {
        var scores = Scorer.Score(text);
        Assert.True(scores is { IsSure: true, IsSpam: true }, scores.ToString());
    }

    [Theory]
    [InlineData("Shut up you stupid bitch, nobody asked you")]
    [InlineData("You are a worthless piece of shit, go kill yourself")]
    [InlineData("all these faggots should die, disgusting animals")]
    [InlineData("Fuck off you dumb cunt")]
    public void Offence_is_flagged(string text)
    {
        var scores = Scorer.Score(text);
        Assert.True(scores is { IsSure: true, IsOffensive: true }, scores.ToString());
    }

    [Theory]
    [InlineData("Thank you all for the kind words yesterday, they helped me more than you know.")]
    [InlineData("Does anyone know how to change the date of a course after it was published?")]
    [InlineData("I paid $20 for the workshop and it was worth it, the slides are at https://docs.python.org/3/tutorial")]
    [InlineData("Our meeting moves to Tuesday at 14:30, please bring your notes and a pen.")]
    [InlineData("As a Muslim woman I felt welcome here, and I would like to share my story.")]
    [InlineData("My dog had puppies this morning and I could not be happier!")]
    [InlineData("The traffic today was terrible, I hate Mondays, but dinner with friends made up for it.")]
    [InlineData("Congratulations on your new job, you have earned it!")]
    [InlineData("Bake rye 32059\nSlower")]
    [InlineData("Room 4501 is free")]
    [InlineData("Scunthorpe is a town in England, and Essex is a county there.")]
    public void Ordinary_words_are_passed(string text)
    {
        var scores = Scorer.Score(text);
        Assert.False(scores.IsSure && (scores.IsSpam || scores.IsOffensive), scores.ToString());
    }

    [Theory]
    [InlineData("Habari za asubuhi rafiki zangu, leo nimefika kazini mapema na nina furaha sana")]
    [InlineData("Bonjour à tous, je voudrais savoir comment changer la date de mon cours")]
    [InlineData("Ich habe gestern mit meinen Freunden gekocht und es war ein schöner Abend")]
    [InlineData("Hoy fui al mercado con mi madre y compramos mucha fruta para la semana")]
    [InlineData("Ontem eu fui à praia com os meus amigos e foi muito bom")]
    [InlineData("Oggi sono andata al lavoro in bicicletta perché non c'era la metropolitana")]
    [InlineData("Ik heb vandaag met mijn zus gewandeld en het was heel gezellig")]
    [InlineData("Dzisiaj poszedłem do sklepu i kupiłem chleb oraz mleko")]
    [InlineData("Bugün arkadaşlarımla parkta yürüdüm ve çok güzel bir gündü")]
    [InlineData("Hari ini saya pergi ke pasar dengan ibu dan kami membeli banyak sayur")]
    [InlineData("Ngiyabonga kakhulu ngosizo lwakho, ngizokubona kusasa ekuseni")]
    [InlineData("Hôm nay tôi đi chợ với mẹ và mua rất nhiều trái cây")]
    public void Another_language_is_left_alone(string text) =>
        Assert.True(Scorer.Score(text).Doubt is Doubt.OtherLanguage or Doubt.UnknownWords, Scorer.Score(text).ToString());

    [Theory]
    [InlineData("Сегодня я ходил на рынок с мамой и купил фрукты")]
    [InlineData("今日は友達と公園を散歩しました")]
    [InlineData("ذهبت اليوم إلى السوق مع أمي واشترينا الفاكهة")]
    [InlineData("आज मैं अपनी माँ के साथ बाज़ार गया था")]
    [InlineData("Σήμερα πήγα στην αγορά με τη μητέρα μου")]
    public void Another_script_is_left_alone(string text) => Assert.Equal(Doubt.OtherScript, Scorer.Score(text).Doubt);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("12345 67890")]
    [InlineData("😀😀😀")]
    public void Too_little_is_left_alone(string? text) => Assert.Equal(Doubt.TooShort, Scorer.Score(text).Doubt);

    [Theory]
    [InlineData("Shut up you stupid b1tch, nobody asked you")]
    [InlineData("Shut up you stupid biiiiitch, nobody asked you")]
    [InlineData("SHUT UP YOU STUPID BITCH, NOBODY ASKED YOU")]
    [InlineData("Shut up you stupid b\u200bi\u200bt\u200bc\u200bh, nobody asked you")]
    [InlineData("Shut up you stupid b\u0456t\u0441h, nobody asked you")]
    [InlineData("Shut up you stupid \uff42\uff49\uff54\uff43\uff48, nobody asked you")]
    [InlineData("Shut up you stupid \U0001D41B\U0001D422\U0001D42D\U0001D41C\U0001D421, nobody asked you")]
    [InlineData("Shut up you stupid b\u0335\u0322i\u0336t\u0327c\u0328\u0321h\u0338, nobody asked you")]
    [InlineData("Shut up you stupid b i t c h, nobody asked you")]
    public void Disguises_are_seen_through(string text) => Assert.True(Scorer.Score(text).IsOffensive, Scorer.Score(text).ToString());

    [Fact]
    public void A_bad_passage_in_a_long_harmless_text_is_not_drowned()
    {
        var harmless = string.Concat(Enumerable.Repeat("We walked along the river and talked about the books that we had read last summer. ", 12));
        Assert.False(Scorer.Score(harmless).IsOffensive);
        Assert.True(Scorer.Score($"{harmless}Shut up you stupid bitch, go kill yourself. {harmless}").IsOffensive);
    }

    [Fact]
    public void No_text_is_too_much_for_it()
    {
        var random = new Random(17);
        string[] texts =
        [
            new('a', 1_000_000),
            new('\u0301', 200_000),
            new('!', 100_000),
            new('@', 100_000),
            string.Concat(Enumerable.Repeat("http://t.co/a ", 20_000)),
            string.Concat(Enumerable.Repeat("a@b.c@d.e.", 10_000)),
            string.Concat(Enumerable.Repeat("w.w.w.", 10_000)),
            "\ud800", "\udc00\ud800", "x\ud83d", "\0\u0001\uffff\ufffe", "$$$a", "*", "**a", "b*", "a.", "http://", "www.", "@", "a@",
            .. Enumerable.Range(0, 300).Select(_ => Noise(random)),
        ];
        foreach (var text in texts)
        {
            var scores = Scorer.Score(text);
            Assert.InRange(scores.Spam, 0, 1);
            Assert.InRange(scores.Offensive, 0, 1);
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("Does anyone know how to reach the office at www.example.com before 9? ", 300));
        // The runtime may allocate on this thread too, but not every time.
        var least = Enumerable.Range(0, 20).Min(_ => Allocated(text));
        Assert.Equal(0, least);
    }

    [Fact]
    public void Many_threads_get_the_same_answers()
    {
        var texts = Enumerable.Range(0, 200).Select(number => $"Text {number}: call 0800 555 {number} now, you stupid printer, thanks for number {number % 7}").ToArray();
        var alone = texts.Select(Scorer.Score).ToArray();
        var together = new Scores[texts.Length * 4];
        Parallel.For(0, together.Length, at => together[at] = Scorer.Score(texts[at % texts.Length]));
        Assert.All(together.Select((scores, at) => (scores, at)), one => Assert.Equal(alone[one.at % texts.Length], one.scores));
    }

    [Fact]
    public void A_chance_at_even_odds_is_restated_for_a_natural_rate()
    {
        Assert.Equal(0.5, Scores.At(0.99, 0.01), 6);
        Assert.Equal(0.99, Scores.At(0.99, 0.5), 6);
    }

    [Fact]
    public void The_model_reads_back_as_it_was_written()
    {
        var bytes = ScorerModel.Load().Write();
        Assert.True(bytes.Length <= 2_000_000);
        Assert.Equal(bytes, ScorerModel.Read(bytes).Write());
        Assert.Throws<InvalidDataException>(() => ScorerModel.Read(bytes.AsSpan(1)));
    }

    private static long Allocated(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Scorer.Score(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Any characters at all, halves of pairs included.</summary>
    private static string Noise(Random random)
    {
        var text = new StringBuilder();
        for (var at = 0; at < 200; at++)
            text.Append(random.Next(3) == 0 ? "aeB1@$.*!/: "[random.Next(12)] : (char)random.Next(char.MaxValue + 1));
        return text.ToString();
    }
}
