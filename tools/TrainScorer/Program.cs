using Hearth.Features.Moderation.Scoring;
using Hearth.TrainScorer;

// Trains the text scorer. Arguments: the folder of the data sets, where the model goes, and perhaps a folder of text files whose lines
// are judged as well.
if (args.Length is < 2 or > 3 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: TrainScorer DATA MODEL [TEXTS], where DATA has the folders sms-spam, hate-offensive-tweets, stackexchange-small, swahili-sentiment");
    return 2;
}

var corpus = Corpus.Read(args[0]);
var bytes = ModelMaker.Make(corpus.Training).Write();
File.WriteAllBytes(args[1], bytes);
Console.WriteLine(FormattableString.Invariant($"{args[1]}: {bytes.Length:N0} bytes."));
new Report(new TextScorer(ScorerModel.Read(bytes)), args[0]).Print(corpus.HeldOut, args.ElementAtOrDefault(2));
return 0;
