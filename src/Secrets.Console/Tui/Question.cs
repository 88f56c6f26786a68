namespace Secrets.Console.Tui;

/// <summary>A question in front of everything, answered with a line of text, or with y or n.</summary>
internal sealed class Question(QuestionKind kind, string title, string explanation)
{
    public QuestionKind Kind { get; } = kind;

    public string Title { get; } = title;

    public string Explanation { get; } = explanation;

    public Draft Answer { get; } = new();

    public bool IsYesOrNo => Kind is QuestionKind.Direct or QuestionKind.OtherRelay;

    /// <summary>The secret that was entered in the step before.</summary>
    public string Secret { get; init; } = "";

    /// <summary>What is done if the answer is yes.</summary>
    public TuiEffect? IfYes { get; init; }
}
